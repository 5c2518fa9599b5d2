"""What customers call the configurable products of the demo and their options, in five languages."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.configuring.products import LANGUAGES, Choice, Feature, Range, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice with its price beyond the product's and its days beyond; words are apart by `|`, languages by `;`."""

    code: str
    name: str
    said: str = ""
    price: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A feature with its words; without a default it has to be chosen."""

    code: str
    name: str
    said: str
    options: tuple[Option, ...] = ()
    default: str | None = None
    none: str | None = None
    range: Range | None = None


def words(said: str) -> tuple[Words, ...]:
    """Words by language, in the order en, de, es, fr, nl."""
    parts = [tuple(part.split("|")) for part in said.split(";")] if said else []
    return tuple(Words(language=one, words=two) for one, two in zip(LANGUAGES, parts, strict=False) if two != ("",))


def features(asked: tuple[Asked, ...]) -> tuple[Feature, ...]:
    """The features with their options."""
    return tuple(
        Feature(
            code=one.code,
            name=one.name,
            words=words(one.said),
            required=one.default is None,
            default=one.default,
            none=one.none,
            choices=tuple(
                Choice(code=o.code, name=o.name, words=words(o.said), price=Decimal(o.price), lead_days=o.days)
                for o in one.options
            ),
            range=one.range,
        )
        for one in asked
    )


PROCESS_PUMP = words(
    "process pump|process pumps|pump|pumps;Prozesspumpe|Prozesspumpen|Pumpe|Pumpen"
    ";bomba de proceso|bombas de proceso|bomba|bombas;pompe de procédé|pompes de procédé|pompe|pompes"
    ";procespomp|procespompen|pomp|pompen"
)
GEAR_MOTOR = words(
    "gear motor|gear motors|geared motor|geared motors;Getriebemotor|Getriebemotoren"
    ";motorreductor|motorreductores;motoréducteur|motoréducteurs;motorreductor|motorreductoren|reductiemotor"
)
_VOLTAGES = (
    Option(code="400", name="400 V", said="400 volt|400 volts"),
    Option(code="480", name="480 V", said="480 volt|480 volts"),
    Option(code="575", name="575 V", said="575 volt|575 volts", price=90, days=2),
)
_VOLTAGE = Asked(
    code="voltage",
    name="Voltage",
    said="voltage;Spannung;tensión|voltaje;tension;spanning|voltage",
    options=_VOLTAGES,
)
PUMP_OPTIONS = (
    Asked(
        code="power",
        name="Power",
        said="power|motor power;Leistung|Motorleistung;potencia;puissance;vermogen",
        options=(
            Option(code="5.5", name="5.5 kW"),
            Option(code="7.5", name="7.5 kW", price=150),
            Option(code="15", name="15 kW", price=1100),
            Option(code="30", name="30 kW", price=3300, days=2),
        ),
    ),
    Asked(
        code="material",
        name="Material",
        said="material;Werkstoff|Material;material;matière|matériau;materiaal",
        options=(
            Option(
                code="iron",
                name="cast iron",
                said="cast iron|grey iron;Grauguss|Gusseisen;hierro fundido|fundición;fonte;gietijzer",
            ),
            Option(
                code="stainless",
                name="stainless steel",
                said="stainless steel|stainless|316;Edelstahl|rostfrei;acero inoxidable|acero inox|inoxidable|inox"
                ";acier inoxydable|inox|acier inox;roestvast staal|rvs|roestvrij staal|inox",
                price=620,
            ),
            Option(code="bronze", name="bronze", said="bronze;Bronze;bronce;bronze;brons", price=480, days=3),
        ),
    ),
    _VOLTAGE,
    Asked(
        code="seal",
        name="Shaft seal",
        said="shaft seal|seal;Wellendichtung|Dichtung;sello|cierre;garniture;asafdichting|afdichting",
        options=(
            Option(
                code="mechanical",
                name="mechanical seal",
                said="mechanical seal|mechanical;Gleitringdichtung;cierre mecánico|sello mecánico;garniture mécanique"
                ";mechanische asafdichting|mechanische afdichting|mechanical seal",
            ),
            Option(
                code="packing",
                name="packing",
                said="packing|gland packing|packed gland;Stopfbuchspackung|Stopfbuchse;empaquetadura|prensaestopas"
                ";presse-étoupe;pakkingbus|pakking",
                price=-45,
            ),
        ),
        default="mechanical",
    ),
    Asked(
        code="drive",
        name="Drive",
        said="drive;Antrieb;accionamiento;entraînement;aandrijving",
        options=(
            Option(code="direct", name="direct on line", said="direct on line;Direktanlauf;arranque directo"),
            Option(
                code="converter",
                name="frequency converter",
                said="frequency converter|vfd|frequency inverter;Frequenzumrichter;variador de frecuencia|variador"
                ";variateur de fréquence|variateur;frequentieregelaar|frequentieomvormer",
                price=880,
                days=3,
            ),
        ),
        default="direct",
        none="direct",
    ),
    Asked(
        code="extension",
        name="Shaft extension",
        said="shaft extension|extension;Wellenverlängerung;prolongación de eje;rallonge d'arbre;asverlenging",
        default="0",
        range=Range(least=0, most=600, step=50, unit="mm", price=Decimal("0.40")),
    ),
)
GEAR_OPTIONS = (
    Asked(
        code="power",
        name="Power",
        said="power|motor power;Leistung|Motorleistung;potencia;puissance;vermogen",
        options=(
            Option(code="0.75", name="0.75 kW"),
            Option(code="1.5", name="1.5 kW", price=140),
            Option(code="3", name="3 kW", price=410, days=1),
        ),
    ),
    Asked(
        code="ratio",
        name="Ratio",
        said="ratio;Übersetzung;relación;rapport;overbrenging|reductie",
        options=(
            Option(code="20", name="ratio 20", said="ratio 20|1:20|20:1;Übersetzung 20|i=20;relación 20;rapport 20"),
            Option(code="40", name="ratio 40", said="ratio 40|1:40|40:1;Übersetzung 40|i=40;relación 40;rapport 40"),
            Option(
                code="60",
                name="ratio 60",
                said="ratio 60|1:60|60:1;Übersetzung 60|i=60;relación 60;rapport 60",
                price=75,
            ),
        ),
    ),
    _VOLTAGE,
)
