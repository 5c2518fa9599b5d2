"""What a letter is: an order, a change, a cancellation, a question or something else; and words that try to command."""

import re

from core.domain.intake.transcripts import TranscriptKind

_CANCEL = re.compile(
    r"\b(?:cancel\w*|storn\w*|annul(?:er|ez|ons|ation|é|ée|és|ées|eren|eer|ering)|geannuleerd|anul\w*"
    r"|withdraw (?:the|our) order)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:change (?:to )?(?:our|the|po|order|purchase)|(?:order|po) change|change (?:the )?(?:quantity|qty|date"
    r"|delivery)|amend(?:ed|ment|ing)?|revise[ds]?|revision"
    r"|revised|update (?:to )?(?:our|the|po|order)|updated (?:po|order|purchase)|instead of|increase (?:the|our"
    r"|it|to|from|by|po|quantity)|reduce (?:the|our|it|to|from|by|quantity)"
    r"|(?:move|moved|moving|shift) (?:the |our |this )?(?:delivery|date|po|order|shipment)|(?:change|move"
    r"|postpone)[^\n.]{0,60}\bfrom\b[^\n.]{0,40}\bto\b"
    r"|postpone|bring forward|push out|pull in|reschedule|supersedes?|replaces? (?:our|the|po|my)|correction"
    r"|please correct|make that"
    r"|add (?:[\w-]+ ){0,6}to (?:(?:our|the|my|this|that)(?! (?:books?|system|schedule)\b)|po|order)"
    r"|on top of (?:our|the|my|po"
    r"|order)|in addition to (?:our|the|my|po|order)"
    r"|änder(?:n|ung|ungen|t|e)|auftragsänderung|bestelländerung|statt|anstatt|anstelle|erhöhen|reduzieren"
    r"|verschieben|korrektur|ersetzt"
    r"|modifi(?:er|ez|cation|é|ée|ons)|avenant|au lieu de|augmenter|réduire|reporter|rectificatif|correctif|remplace"
    r"|modificar|modificación|cambiar|cambio|en lugar de|en vez de|aumentar|reducir|aplazar|corrección|sustituye"
    r"|wijzig(?:en|ing|t)|in plaats van|verhogen|verlagen|uitstellen|aanpassen|aanpassing|correctie|vervangt)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"\b(?:(?<!your )(?<!our )(?<!the )(?<!per )(?<!of )(?<!ref )(?<!this )(?:please |could you |can you |kindly )?"
    r"(?:quote(?! (?:it|this|our|the (?:number|po|order|above)|po|order|in|on|all))|send (?:us |me )?(?:a "
    r"|your )?(?:quote|quotation"
    r"|offer|price)s?)\b(?![ ]+(?:no|number|ref|date|dated|valid|id|#|q?\d))|request for (?:quotation|quote)|rfq"
    r"|quotation (?:request|for)|what(?:'s| is| are| would)|how (?:much|many|long|soon|fast)(?![ \t]*:|[ \t]+\d|[ ]{2})"
    r"|when (?:can|could"
    r"|will|would|is|are)|do you (?:have|stock|carry|offer|sell|make)|is there|are there"
    r"|availability|lead times?\b|best price|where is|status of|any news|in stock\?"
    r"|could you (?:confirm(?![ ]?(?:\?|by|this|it|receipt|back|today|tomorrow|asap|please|the (?:order|dates?|delivery"
    r"|above)))|tell|let)|can you (?:tell|let)|would you be able|wondering"
    r"|anfrage|preisanfrage|bieten sie|(?:bitte|ein|um) (?:\w+ )?angebot|was kost\w*|wie (?:viele?(?![ \t]*:)"
    r"|lange|schnell|hoch)|wann (?:können|kommt|ist|wird|kann)|haben sie|verfügbar(?:keit)?|lieferzeit"
    r"|demande de (?:prix|devis)|(?:faire|établir|envoyer|transmettre|parvenir|demand\w+) (?:\w+ ){0,3}devis"
    r"|quel(?:le)?s? (?:est|sont|serait|délai|prix)|combien(?![ \t]*:)"
    r"|quand (?:pouvez|pourrez|sera|est)|avez-vous|disponib(?:le|ilité)"
    r"|solicitud de (?:oferta|cotización|presupuesto)|cotizar|cotización|(?:un|hacer|enviar\w*) presupuesto"
    r"|cuántos?(?![ \t]*:)"
    r"|cuál(?:es)?|cuándo|tienen|disponib(?:les?|ilidad)|plazo de entrega\b(?=[^\n]*\?)"
    r"|offerte-?aanvraag|(?:een|graag) offerte|prijsopgave|wat (?:kost|is|zijn)|hoe(?:veel)? (?:lang|snel|kost)"
    r"|wanneer (?:kunt"
    r"|kunnen|is|komt)|heeft u|hebben jullie|beschikbaar(?:heid)?|levertijd)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:(?:please|pls|kindly|we(?:'d| would)? like to|we want to|want to|i(?:'d| would)? like to|we hereby"
    r"|hereby|herewith) (?:\w+ )?(?:order|supply|ship|send|deliver|book|enter|process)|p\.?o\.?\b|purchase order"
    r"|(?:we|i) (?:need|require|order|want|would like|will take|take)|need(?:s|ed)?\b|our order|new order"
    r"|the following order|order (?:for|of|no|number|confirmation|#)|place (?:an|the|our|this) order|send us"
    r"|ship us|go ahead|order:"
    r"|bestell(?:en|ung|t|e)?|wir (?:benötigen|brauchen|ordern|bestellen|nehmen)|benötigen|bitte (?:liefern"
    r"|senden|schicken)|liefern sie|auftrag"
    r"|commande(?:r|s)?|veuillez (?:nous )?(?:livrer|envoyer|fournir|expédier)|(?:nous|je) (?:avons besoin"
    r"|souhait\w+|voul\w+|désir\w+|command\w+)|merci de (?:nous )?(?:livrer|envoyer|fournir|expédier)|bon de commande"
    r"|pedido|pedimos|pedir|orden de compra|necesitamos|necesito|quer(?:emos|íamos|ríamos)|quisiéramos"
    r"|solicitamos|envíen(?:nos)?|sírvanse|favor de (?:enviar|suministrar|entregar)|rogamos"
    r"|bestel(?:len|ling|ler)?|wij (?:willen|hebben|bestellen|wensen)|graag (?:ontvangen|bestellen|leveren"
    r"|levering|\d)|nodig|leveren|inkooporder|ordernummer)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"(?:ignor(?:e|iere|ez|a|eer)\w*\s+(?:\w+\s+){0,4}(?:previous|prior|above|earlier|all|other|instructions?"
    r"|rules?|vorherigen|anweisungen|instructions|précédentes|anteriores|instrucciones|vorige"
    r"|instructies)\b[^\n.]{0,60}"
    r"|(?:disregard|forget|override|bypass|skip)\s+(?:\w+\s+){0,4}(?:instructions?|rules?|approvals?|checks?"
    r"|review|policy|policies|limits?|verification|confirmation|credit)\b[^\n.]{0,40}"
    r"|(?:auto(?:matically)?[- ]?(?:approve[ds]?|confirm(?:ed)?|accept(?:ed)?|release[ds]?)|(?:approve|confirm"
    r"|accept|release|execute|process|enter|book)[ds]?\s+(?:\w+\s+){0,6}?(?:automatically"
    r"|without (?:\w+ )?(?:review|approval|asking|checking|confirmation|human|delay of approval)"
    r"|immediately and without))[^\n.]{0,60}"
    r"|(?:approve|approved)\s+(?:this|the|it|my|our|all|these)\b[^\n.]{0,60}|(?:this|the) order (?:is"
    r"|has been) (?:already )?(?:pre-?)?approved[^\n.]{0,40}|pre-?approved[^\n.]{0,40}"
    r"|(?:no|without(?: any)?|ohne|sans|sin|zonder)\s+(?:\w+\s+)?(?:human|manual|further|menschliche\w*"
    r"|manuelle\w*|weitere|manuelle|revisión|aprobación|menselijke|verdere|freigabe|genehmigung|prüfung"
    r"|rückfrage|validation|vérification|confirmación|goedkeuring|controle|approval|review"
    r"|confirmation)\s*(?:approval|review|check|confirmation|intervention|prüfung|freigabe|genehmigung|is needed"
    r"|needed|required|manual)?[^\n.]{0,40}"
    r"|(?:automatisch|selbsttätig)\s+(?:freigeben|genehmigen|bestätigen|freigegeben|goedkeuren|bevestigen"
    r"|verwerken)[^\n.]{0,40}|(?:genehmige|bestätige|freigeben|genehmigen"
    r"|bestätigen)\w*\s+(?:\w+\s+){0,4}automatisch[^\n.]{0,40}"
    r"|(?:approuv\w+|valid\w+|confirm\w+)\s+(?:\w+\s+){0,4}(?:automatiquement)[^\n.]{0,40}|(?:aprob\w+"
    r"|confirm\w+|autoriz\w+)\s+(?:\w+\s+){0,4}automáticamente[^\n.]{0,40}|(?:keur"
    r"|bevestig)\w*\s+(?:\w+\s+){0,4}automatisch[^\n.]{0,40}"
    r"|(?:you are|act as|pretend to be)\s+(?:an?|the)\s+(?:\w+\s+){0,3}(?:assistant|ai|agent|system|bot|admin\w*"
    r"|model)\b[^\n.]{0,60}|^\s*(?:system|assistant|developer|tool|admin)\s*(?:prompt|message)?\s*[:>][^\n]{0,120}"
    r"|<\|?/?(?:system|assistant|im_start|im_end|tool_call|user)[^\n]{0,80}|\[/?(?:system|inst"
    r"|assistant)\][^\n]{0,80}|\"(?:approved|approval|decision|tool|role)\"\s*:\s*[^\n]{0,80}"
    r"|(?:do not|don't|never)\s+(?:ask(?![ ]*[).,!])|question|check|verify|flag|review|tell|show|notify|inform"
    r"|alert)\b[^\n.]{0,60}|(?:set|change|give us|apply|grant)\s+(?:\w+\s+){0,4}(?:credit limit|bank (?:account"
    r"|details)|unit price to|price to|discount of|priority to|payment terms to)\b[^\n.]{0,60}"
    r"|(?:hinweis|nachricht|anweisung|note|message|nota|aviso|mededeling|opmerking|instructie)s? "
    r"(?:an|für|pour|à|aux?|para|voor|aan) (?:die |den |das |les? |l'|el |la |los |de |het )?(?:ki|ai|ia|assistent\w*"
    r"|asistente\w*|bots?|syst[eè]m\w*|sistema\w*|agent\w*)\b[^\n]{0,200}"
    r"|(?:note|message|instruction)s? (?:to|for) (?:the )?(?:ai|assistant|bot|system|agent|llm|model"
    r"|software)\b[^\n]{0,120})",
    re.IGNORECASE | re.MULTILINE,
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank you|dank\w*|bedankt|merci|gracias|besten dank|vielen dank|as (?:quoted|offered|per)"
    r"|(?:gemäß|laut|wie in) (?:ihrem|ihrer)?|suite à|conform\w*|según|volgens)\b[^.;!?\n]{0,80}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?:please |to |must |should )?(?:quote|mention)[ ](?:[A-Z]{0,6}[-/]?\d[\w/.-]*)|quot(?:e"
    r"|ation)s?(?: (?:date|ref\w*|no\.?|number|id))?(?=[ ]*[:#])|quote (?:is |was )?valid"
    r"|(?:rfq|anfrage|cotización|presupuesto|prijsopgave|offerte-?aanvraag|quote|demande de prix|solicitud de oferta)s?"
    r"[ .:#-]*(?:no\.?|nr\.?|n[°º.]+|number|nummer|ref\.?)?[ .:#-]*(?:[A-Z]{1,6}[-/]?)?\d[\w/.-]*"
    r"|(?:dank|bedankt|danke|thanks|thank you|merci|gracias|laut|gemäß|gem\.|lt\.|wie|as per|per|conform|volgens"
    r"|selon|según|conforme"
    r"|suite|basis|re|aw|sv|antw)\b[^.\n?]{0,40}?(?:rfq|anfrage|verfügbarkeit|cotización|presupuesto|prijsopgave|quote|quotation"
    r"|devis|lieferzeit|levertijd))\b",
    re.IGNORECASE,
)
"""A quote or an inquiry of before, or a number to be quoted: nothing is asked."""
_NEEDS = re.compile(r"\?\s*(?:$|\n|[A-ZÄÖÜ])")


def kind_of(text: str, *, lines: int, po: bool) -> tuple[TranscriptKind, str]:
    """The kind by the words people use, and why it is not certain, where it is not."""
    told = _NAMED.sub(" ", text)
    asks, orders = bool(_ASK.search(_THANKS.sub(" ", told) if lines else told)), bool(_ORDER.search(text)) or po
    if _CANCEL.search(text):
        return TranscriptKind.CANCELLATION, ""
    if _CHANGE.search(text):
        return TranscriptKind.CHANGE, ""
    if asks and not orders:
        return TranscriptKind.QUESTION, ""
    if asks or (_NEEDS.search(text) and not po and not orders):
        if lines and po:
            return TranscriptKind.ORDER, "asks something besides ordering"
        return (TranscriptKind.ORDER if lines else TranscriptKind.QUESTION), "reads as a question as much as an order"
    if lines or orders:
        return TranscriptKind.ORDER, ""
    return TranscriptKind.OTHER, ""


def commands_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text tries to command whoever reads it, instead of saying what is wanted."""
    return tuple(found.span() for found in _COMMANDS.finditer(text))
