package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.spi.Rule;

/// What findings in tables mean.
final class TableRules {
    static final Rule PARQUET =
            Rule.structure(
                    "parquet-structure",
                    "Have the table saved again; do not load a broken file.",
                    "CWE-20");
    static final Rule ARROW =
            Rule.structure(
                    "arrow-structure",
                    "Have the table saved again; do not load a broken file.",
                    "CWE-20");
    static final Rule BOMB =
            Rule.structure(
                    "table-bomb", "Do not load it; it is made to exhaust memory.", "CWE-409");
    static final Rule UNPICKLES =
            Rule.code(
                    "arrow-unpickles-a-type",
                    "Do not open it with pyarrow before 14.0.1; have the table saved without extension"
                            + " types of Python.",
                    "CWE-502");
    static final Rule OBJECTS =
            Rule.code(
                    "table-keeps-objects",
                    "Have the table saved with plain values; readers that rebuild its objects unpickle"
                            + " them.",
                    "CWE-502");

    private TableRules() {}
}
