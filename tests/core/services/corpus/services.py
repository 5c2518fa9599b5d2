"""Every use case with a scene in which its command is accepted."""

from tests.core.services.corpus.intake import INTAKE
from tests.core.services.corpus.selling import SELLING
from tests.core.services.corpus.shipping import SHIPPING
from tests.core.services.corpus.standing import STANDING
from tests.core.services.corpus.supplying import SUPPLYING
from tests.core.services.corpus.writing import WRITING

SERVICES = (*SELLING, *SHIPPING, *SUPPLYING, *STANDING, *INTAKE, *WRITING)
