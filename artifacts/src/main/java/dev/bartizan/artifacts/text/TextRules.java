package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Rule;

/// What findings in text mean.
public final class TextRules {
    /// A program where a description is expected.
    public static final Rule CODE_IN_METADATA =
            Rule.code(
                    "metadata-holds-code",
                    "Remove it; descriptions have no use for programs. Ask where it came from.",
                    "CWE-506");

    /// A program beside the weights.
    public static final Rule CODE_BESIDE =
            Rule.code(
                    "code-beside-weights",
                    "Read it before anything runs it; keep trust_remote_code off.",
                    "CWE-829");

    /// A setting that makes a loader fetch and call a function.
    public static final Rule TARGET =
            Rule.code(
                    "config-names-dangerous-code",
                    "Do not load it; the loader would import and call what the setting names.",
                    "CWE-470",
                    "CWE-94");

    /// A setting that makes a loader run code from another repository.
    public static final Rule REMOTE =
            Rule.code(
                    "config-runs-remote-code",
                    "Load it with trust_remote_code off, or pin and read the code it names.",
                    "CWE-829");

    /// A setting that names a path outside the model's folder.
    public static final Rule PATH =
            Rule.structure(
                    "config-path-escapes",
                    "Do not load it; a path leads out of the folder.",
                    "CWE-22");

    /// An XML document that makes readers fetch things.
    public static final Rule ENTITIES =
            Rule.code(
                    "xml-external-entities",
                    "Remove the document type; read XML with external entities off.",
                    "CWE-611",
                    "CWE-776");

    static final Rule XML =
            Rule.structure("xml-structure", "Have the file exported again.", "CWE-20");

    private TextRules() {}
}
