package dev.bartizan.guard.text;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Readers of small JSON files, which refuse documents that nest deeper than such files ever do.
public final class ShallowJson {
    private ShallowJson() {}

    /// A reader, safe to share.
    ///
    /// @param deepest most levels of lists and objects in one another
    public static JsonMapper reader(int deepest) {
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxNestingDepth(deepest).build();
        return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
                .build();
    }
}
