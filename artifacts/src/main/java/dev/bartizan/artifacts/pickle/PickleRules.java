package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.Rule;

/// What findings in pickles mean.
final class PickleRules {
    private static final String SAFER =
            "Do not load it. Ask for the weights as safetensors or ONNX, or have the author save plain"
                    + " data only.";

    static final Rule RUNS = Rule.code("pickle-runs-code", SAFER, "CWE-502", "CWE-94");
    static final Rule REACHES = Rule.code("pickle-reaches-out", SAFER, "CWE-502");
    static final Rule IMPORTS =
            Rule.code(
                    "pickle-names-dangerous-code",
                    "Find out why model data names this function; load the file only without it.",
                    "CWE-502");
    static final Rule UNKNOWN_CALL =
            Rule.code(
                    "pickle-calls-unknown-code",
                    "Read what the named function does in the version you run, or ask for a format"
                            + " without code.",
                    "CWE-502");
    static final Rule COMPUTED =
            Rule.code("pickle-calls-computed-code", SAFER, "CWE-502", "CWE-913");
    static final Rule EXTENSION =
            Rule.code(
                    "pickle-uses-extension-registry",
                    "Find out what the loading program registers under this code.",
                    "CWE-502");
    static final Rule TAMPERS =
            Rule.code("pickle-changes-loaded-code", SAFER, "CWE-502", "CWE-915");
    static final Rule NESTED = Rule.code("pickle-inside-data", SAFER, "CWE-502");
    static final Rule CARRIES =
            Rule.code(
                    "pickle-carries-a-program",
                    "Loading does not run it; find out what would, and remove it.",
                    "CWE-506");
    static final Rule UNUSUAL =
            Rule.code(
                    "pickle-names-other-code",
                    "Load it only where the named package is the one you expect.",
                    "CWE-502");
    static final Rule BROKEN =
            Rule.structure(
                    "pickle-structure",
                    "Download the file again, or have it saved again; do not load a broken pickle.",
                    "CWE-20");
    static final Rule AMBIGUOUS =
            Rule.structure(
                    "pickle-readers-disagree",
                    "Have the file saved again by a current Python.",
                    "CWE-436");
    static final Rule LIMIT =
            Rule.structure(
                    "pickle-exhausts-resources",
                    "Do not load it; it is made to exhaust memory or time.",
                    "CWE-400");
    static final Rule TRAILING =
            Rule.structure(
                    "pickle-trailing-bytes",
                    "Find out what the bytes behind the pickle are for.",
                    "CWE-1288");

    private PickleRules() {}
}
