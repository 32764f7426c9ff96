package dev.bartizan.guard.control;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.util.List;

/// The keys of a control that say what to measure a guardrail on.
public final class GuardrailKeys implements SchemaSource {
    /// Without options.
    public GuardrailKeys() {}

    @Override
    public List<SchemaFragment> fragments() {
        return List.of(
                new SchemaFragment(
                        SchemaFragment.Place.CONTROL,
                        "samples",
                        """
                        {"type": "string", "minLength": 1,
                         "description": "Path of your own labelled texts for a guardrail, one JSON object a line with text and label (attack or benign)",
                         "examples": ["guard/samples.jsonl"]}
                        """));
    }
}
