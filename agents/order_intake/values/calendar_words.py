"""Words of the calendar in five languages: months, weekdays, and what stands before and after a day."""

_MONTHS = (
    "january jan januar jänner janvier janv enero ene januari",
    "february feb februar février fevrier févr fevr fév febrero februari",
    "march mar märz maerz mrz mars marzo maart mrt",
    "april apr avril avr abril abr",
    "may mai mayo mei",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre set",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre déc diciembre dic",
)
MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
MONTH = "(?:" + "|".join(sorted(MONTH_OF, key=lambda name: (-len(name), name))) + ")"

_WEEKDAYS = (
    "monday montag lundi lunes maandag",
    "tuesday dienstag mardi martes dinsdag",
    "wednesday mittwoch mercredi miércoles miercoles woensdag",
    "thursday donnerstag jeudi jueves donderdag",
    "friday freitag vendredi viernes vrijdag",
    "saturday samstag sonnabend samedi sábado sabado zaterdag",
    "sunday sonntag dimanche domingo zondag",
)
_SHORT = (
    "mon lun mo ma", "tue tues mar di", "wed mer mié mie mi wo", "thu thur thurs jeu jue do",
    "fri ven vie fr vr", "sat sam sáb sab sa za", "sun dim dom so zo",
)  # fmt: skip
WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
SHORT_WEEKDAY_OF: dict[str, frozenset[int]] = {}
for _number, _names in enumerate(_SHORT):
    for _name in _names.split():
        SHORT_WEEKDAY_OF[_name] = SHORT_WEEKDAY_OF.get(_name, frozenset()) | {_number}
WEEKDAY = "(?:" + "|".join(sorted(WEEKDAY_OF, key=lambda name: (-len(name), name))) + ")"
SHORT_WEEKDAY = "(?:" + "|".join(sorted(SHORT_WEEKDAY_OF, key=lambda name: (-len(name), name))) + r")\.?"

LATEST = (
    r"(?:no later than|not later than|at the latest|latest by|latest|on or before|due by|by|before|until|till|deadline"
    r"|bis spätestens|spätestens(?: bis| zum| am)?|bis(?: zum| am)?|vor dem|vor"
    r"|au plus tard(?: le| pour le)?|d'ici(?: le| au)?|avant(?: le)?|jusqu'au"
    r"|a más tardar(?: el)?|antes del?|hasta el|para el"
    r"|uiterlijk(?: op)?|ten laatste(?: op)?|vóór|voor|tegen|tot)"
)
ON = r"(?:on|for|of|dated|am|zum|den|dem|vom|für den|pour le|pour|le|du|para|el|del|op|per|van)"
EARLIEST = (
    r"(?:not before|no earlier than|not earlier than|after|from|starting|as of|onwards from|ab dem|ab|nach dem"
    r"|nicht vor(?: dem)?"
    r"|frühestens(?: am| ab)?|à partir du|après le|pas avant(?: le)?|a partir del?|después del?|no antes del?"
    r"|vanaf|niet vóór|na)"
)
SOONEST = (
    r"(?:a\.?s\.?a\.?p\b\.?|as soon as possible|as soon as you can|at your earliest convenience|immediately"
    r"|so schnell wie möglich|schnellstmöglich\w*|baldmöglichst\w*|so bald wie möglich|möglichst bald|umgehend"
    r"|sofort|dès que possible|le plus tôt possible|le plus rapidement possible|au plus vite|au plus tôt"
    r"|lo antes posible|cuanto antes|lo más pronto posible|de inmediato|zo snel mogelijk|zo spoedig mogelijk"
    r"|z\.?s\.?m\b\.?)"
)
TODAY = r"(?:today|heute|aujourd'hui|hoy|vandaag)"
TOMORROW = r"(?:tomorrow|(?<!guten )(?<!goede )morgen|demain|(?<!la )mañana)"
DAY_AFTER = r"(?:(?:the )?day after tomorrow|übermorgen|après-demain|pasado mañana|overmorgen)"
NEXT = r"(?:next|nächste[rnsm]?|prochaine?|próxim[oa]|volgende?|aanstaande|a\.s\.)"
THIS = r"(?:this|this coming|coming|the coming|diese[rnsm]?|kommende[rnsm]?|ce|cette|este|esta|deze|komende)"
WEEK = r"(?:week|woche|semaine|semana)"
CALENDAR_WEEK = (
    r"(?:calendar week|week no\.?|week number|week|wk\.?|wk no\.?|cw|kw|kalenderwoche|woche|semaine|sem\.|semana"
    r"|weeknr\.?)"
)
MONTH_WORD = r"(?:month|monats?|mois|mes|maand)"
END_OF = (
    r"(?:(?:the |at the )?end of(?: the)?|late|ende(?: der| des)?|(?:la |pour la |à la )?fin(?:ales)?(?: de la"
    r"| de| du| d')?"
    r"|(?:a )?fin(?:es|ales)?(?: de la| de| del)?|eind(?:e)?(?: van de| van)?)"
)
DAYS = r"(?:days?|tagen?|jours?|días?|dagen|dag)"
WEEKS = r"(?:weeks?|wochen?|semaines?|semanas?|weken)"
WITHIN = r"(?:in|within|innerhalb(?: von)?|binnen|dans(?: les)?|sous|d'ici|en|dentro de|over)"

_COUNTED_DAYS = (
    "first ersten erster premier primero uno eerste", "second zweiten deux dos tweede",
    "third dritten trois tres derde",
    "fourth vierten quatre cuatro vierde", "fifth fünften cinq cinco vijfde", "sixth sechsten seis zesde",
    "seventh siebten sept siete zevende", "eighth achten huit ocho achtste", "ninth neunten neuf nueve negende",
    "tenth zehnten dix diez tiende", "eleventh elften onze once elfde", "twelfth zwölften douze doce twaalfde",
    "thirteenth dreizehnten treize trece dertiende", "fourteenth vierzehnten quatorze catorce veertiende",
    "fifteenth fünfzehnten quinze vijftiende", "sixteenth sechzehnten seize dieciséis zestiende",
    "seventeenth siebzehnten dix-sept diecisiete zeventiende", "eighteenth achtzehnten dix-huit dieciocho achttiende",
    "nineteenth neunzehnten dix-neuf diecinueve negentiende", "twentieth zwanzigsten vingt veinte twintigste",
    "twenty-first einundzwanzigsten veintiuno eenentwintigste", "twenty-second zweiundzwanzigsten vingt-deux veintidós",
    "twenty-third dreiundzwanzigsten vingt-trois veintitrés", "twenty-fourth vierundzwanzigsten vingt-quatre",
    "twenty-fifth fünfundzwanzigsten vingt-cinq veinticinco", "twenty-sixth sechsundzwanzigsten vingt-six veintiséis",
    "twenty-seventh siebenundzwanzigsten vingt-sept veintisiete", "twenty-eighth achtundzwanzigsten vingt-huit",
    "twenty-ninth neunundzwanzigsten vingt-neuf veintinueve", "thirtieth dreißigsten trente treinta dertigste",
    "thirty-first einunddreißigsten eenendertigste",
)  # fmt: skip
_MORE_DAYS = {"veinticuatro": 24, "veintiocho": 28}
DAY_OF = _MORE_DAYS | {name: number for number, names in enumerate(_COUNTED_DAYS, start=1) for name in names.split()}
DAY_WORD = "(?:" + "|".join(sorted(DAY_OF, key=lambda name: (-len(name), name))) + ")"
WEEK_OF = (
    r"(?:(?:by|in|for|on|during|in der|en|pour|dans|para|in de|für)[ ])?(?:the[ ]|die[ ]|der[ ]|la[ ]|de[ ])?"
    r"(?:(?:week|woche|semaine|semana)(?:[ ]\d{1,2})?[ ]+(?:of|commencing|beginning|starting|vom|ab(?: dem)?|du"
    r"|del|van|que empieza(?: el)?)"
    r"|w/c|wc)[ ]+(?:the[ ]|monday,?[ ]|montag,?[ ]|lundi[ ]|lunes[ ]|maandag[ ])?"
)
BESIDE_DAY = (
    r"[ ]?(?:\((?:(?:i\.?e\.?|d\.?[ ]?h\.?|so|also)[ ,:]*)?"
    r"|[,;:\u2013-]?[ ]?(?:(?:that(?:'s| is| would be)|i\.?e\.?|which is|so|meaning|d\.?[ ]?h\.|das (?:ist"
    r"|wäre)(?: der)?"
    r"|also(?: der| am)?|c'est-à-dire(?: le)?|soit(?: le)?|es decir,?(?: el)?|o sea,?(?: el)?|esto es,?(?: el)?"
    r"|dat is|dus|d\.?w\.?z\.?|te weten)[ ,:]*))"
)
