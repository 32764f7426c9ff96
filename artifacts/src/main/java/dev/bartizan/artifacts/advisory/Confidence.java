package dev.bartizan.artifacts.advisory;

import dev.bartizan.core.Finding;
import java.util.Locale;
import java.util.Set;

/// How sure a finding is of what it says.
public enum Confidence {
    /// It was read off the structure: the bytes say so.
    HIGH,
    /// It was concluded from what a name or a call usually does.
    MEDIUM,
    /// It was told from words in text.
    LOW;

    private static final Set<String> CONCLUDED =
            Set.of(
                    "pickle-calls-unknown-code",
                    "pickle-names-other-code",
                    "pickle-names-dangerous-code",
                    "pickle-calls-computed-code",
                    "pickle-inside-data",
                    "keras-custom-object",
                    "onnx-custom-operator",
                    "code-beside-weights",
                    "config-runs-remote-code");
    private static final Set<String> TOLD =
            Set.of(
                    "metadata-holds-code",
                    "pickle-carries-a-program",
                    "template-adds-hidden-instructions",
                    "content-is-not-what-the-name-says");

    /// How sure this finding is, by the rule that found it.
    public static Confidence of(Finding finding) {
        if (CONCLUDED.contains(finding.rule())) {
            return MEDIUM;
        }
        return TOLD.contains(finding.rule()) ? LOW : HIGH;
    }

    /// The word used in files.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
