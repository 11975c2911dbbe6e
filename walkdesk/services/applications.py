"""参加申込書: the blank form of the programme on the desk, in the wording of this contract."""

from __future__ import annotations

from walkdesk.documents.application_form import ApplicationFacts, application_pdf
from walkdesk.documents.sheet import Mark
from walkdesk.domain.dates import fiscal_year_name
from walkdesk.domain.participants import Programme
from walkdesk.domain.wording import Wording, fill
from walkdesk.messages.common import FreePaper
from walkdesk.messages.wardpapers import MakeApplicationForm
from walkdesk.services.paperwork import JAPANESE, digest, mark_of, paper, programme_name
from walkdesk.services.personal import office_of, programme_values
from walkdesk.services.session import Work
from walkdesk.services.wordings import wording_of

FORMS = {Programme.HEALTH_POINTS: "health_application", Programme.CITY_WALK: "walk_application"}
"""The paper of each programme in the table of wordings."""

VARIANT = "form"


def make_application_form(work: Work, message: MakeApplicationForm) -> FreePaper:
    """The form as PDF. The ledger keeps in which wording the purpose of use was shown (clause 4)."""
    key = FORMS[Programme(work.contract.programme)]
    wording = wording_of(work, key, VARIANT)
    pdf = application_bytes(work, wording, mark_of(work))
    answer = paper(JAPANESE.say(f"wardpapers.form.{key}"), f"moshikomisho-{work.contract.number}.pdf", pdf)
    work.record("form_made", paper=key, name=wording.version, digest=digest(pdf), pages=answer.pages)
    return answer


def application_bytes(work: Work, wording: Wording, mark: Mark) -> bytes:
    """The page of a wording. Raises what the wording or its length stands in the way of."""
    contract = work.contract
    return application_pdf(
        ApplicationFacts(
            programme=Programme(contract.programme),
            programme_name=programme_name(contract),
            fiscal_year=fiscal_year_name(contract.year),
            contract=contract.number,
            issued=work.today,
            created=work.now,
            office=office_of(work),
            text=fill(wording, programme_values(work)),
            mark=mark,
        )
    )
