"""What was found in a block, as claims that name their place."""

from __future__ import annotations

from dataclasses import replace

from audit.pages.pages import Block
from audit.site.read_page import ReadPage
from audit.stances.found import Found
from audit.text.sentences import Span
from data.models import Claim
from data.vocabulary import SERVICE_LINES, ClaimStatus


def claim_in(
    read: ReadPage, block: Block, rule_id: str, stance: str, span: Span, voice: str
) -> Claim:
    """An asserted claim that names no line, at a span of a block's text."""
    return Claim(
        provider_id=read.page.provider_id,
        capture_id=read.page.capture_id,
        rule_id=rule_id,
        stance=stance,
        status=ClaimStatus.ASSERTED,
        set_aside_reason=None,
        lines="",
        voice=voice,
        quote=block.text[span.start : span.end],
        char_start=span.start,
        char_end=span.end,
        css_path=block.css_path,
        block_ordinal=block.ordinal,
        region=block.region,
        heading=block.heading,
        page_type=read.text.page_type,
        decided_by="pattern",
    )


def claim_of(read: ReadPage, block: Block, found: Found) -> Claim:
    """What was found in a block, at its place there."""
    span = Span(found.start, found.end)
    return replace(
        claim_in(read, block, found.rule_id, found.stance, span, found.voice),
        status=found.status,
        set_aside_reason=found.set_aside,
        lines=";".join(line for line in SERVICE_LINES if line in found.lines),
        decided_by=found.decided_by,
        score=found.score,
    )
