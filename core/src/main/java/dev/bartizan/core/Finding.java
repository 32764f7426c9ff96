package dev.bartizan.core;

import java.util.List;

/// One located defect.
///
/// @param rule stable id of what found it
/// @param severity how bad
/// @param message what is wrong, in plain words
/// @param location file, offset, archive member, URL or field
/// @param mend how to mend it
/// @param cwe CWE ids
/// @param atlas MITRE ATLAS ids
public record Finding(
        String rule,
        Severity severity,
        String message,
        String location,
        String mend,
        List<String> cwe,
        List<String> atlas) {
    public Finding {
        cwe = List.copyOf(cwe);
        atlas = List.copyOf(atlas);
    }
}
