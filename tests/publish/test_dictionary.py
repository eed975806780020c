"""Every exported column is described, and the document says what the code does."""

from __future__ import annotations

from audit.verdict import risk
from data.fact_kinds import FactKind
from data.findings import View, open_view
from data.store import Store
from data.vocabulary import Reason
from publish import dictionary, export


def test_every_column_of_every_table_is_described_and_nothing_else() -> None:
    described = dictionary.described()
    assert set(described) == {"tables", "reasons", "fact_kinds", *export.TABLES}
    assert set(described["fact_kinds"]) == set(FactKind)
    assert set(described["tables"]) == set(export.TABLES) == set(dictionary.SCHEMAS)
    assert set(described["reasons"]) == set(Reason)
    for table, schema in dictionary.SCHEMAS.items():
        assert list(described[table]) == schema.names
        assert all(meaning.endswith(".") for meaning in described[table].values())


def test_the_document_is_up_to_date() -> None:
    """If not: python -m publish.dictionary."""
    assert dictionary.DOCUMENT.read_text(encoding="utf-8") == dictionary.markdown()


def test_the_risk_table_stands_under_its_formula_and_caveat() -> None:
    section = dictionary.markdown().partition("## risk")[2]
    method = risk.method()
    assert method.formula in section and method.caveat.partition(": ")[2] in section


def test_tables_have_one_cell_a_column() -> None:
    for line in dictionary.markdown().splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") in (3, 4, 5)


def test_the_schemas_are_those_of_an_export(sample_store: Store) -> None:
    view: View = open_view(sample_store)
    assert view.findings().schema == dictionary.SCHEMAS["findings"]
    assert view.evidence().schema == dictionary.SCHEMAS["evidence"]
    assert view.facts().schema == dictionary.SCHEMAS["facts"]
