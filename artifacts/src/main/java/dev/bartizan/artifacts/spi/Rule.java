package dev.bartizan.artifacts.spi;

import java.util.List;

/// What a finding of the scanner means; ids never change meaning.
///
/// @param id stable name, lower case with dashes
/// @param mend how to mend it, for people
/// @param cwe CWE ids
/// @param atlas MITRE ATLAS ids
public record Rule(String id, String mend, List<String> cwe, List<String> atlas) {
    /// ATLAS: a person loads an unsafe artifact.
    public static final String UNSAFE_ARTIFACT = "AML.T0011.000";

    /// ATLAS: a supplied model is compromised.
    public static final String SUPPLIED_MODEL = "AML.T0010.003";

    public Rule {
        cwe = List.copyOf(cwe);
        atlas = List.copyOf(atlas);
    }

    /// A rule about code that runs.
    public static Rule code(String id, String mend, String... cwe) {
        return new Rule(id, mend, List.of(cwe), List.of(UNSAFE_ARTIFACT, SUPPLIED_MODEL));
    }

    /// A rule about structure.
    public static Rule structure(String id, String mend, String... cwe) {
        return new Rule(id, mend, List.of(cwe), List.of());
    }
}
