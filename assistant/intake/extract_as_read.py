"""The copy of a text that all rules read: one word for last year, promises and second thoughts settled, marks set."""

from __future__ import annotations

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_answers import answered
from assistant.intake.extract_corrections import corrected
from assistant.intake.extract_item_heads import with_colons
from assistant.intake.extract_item_marks import parted
from assistant.intake.extract_meant import as_meant
from assistant.intake.extract_promises import as_kept
from assistant.intake.extract_thousands import in_thousands
from assistant.intake.extract_year_lines import with_last_year
from assistant.intake.extract_years import with_years


def as_read(cleaned: Cleaned) -> Cleaned:
    """Each step leaves every sign knowing where it stood in the source."""
    return corrected(
        answered(with_colons(as_kept(as_meant(with_last_year(with_years(parted(in_thousands(cleaned))))))))
    )
