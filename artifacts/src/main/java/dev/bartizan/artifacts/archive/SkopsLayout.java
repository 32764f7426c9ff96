package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipMember;
import java.util.regex.Pattern;

/// How skops lays out a zip archive (skops, `io/_persist.py`): `schema.json`, and members named by
/// numbers. A member that bears the name of a node through which readers were made to call code is
/// written by no writer.
final class SkopsLayout {
    private static final Pattern NODE =
            Pattern.compile("(?i).*(OperatorFuncNode|MethodNode|ReduceNode|PartialNode).*");
    private static final Rule DISGUISED =
            Rule.code(
                    "skops-member-named-like-a-node",
                    "Ask where the file comes from; have the model saved again by skops.",
                    "CWE-502");

    private SkopsLayout() {}

    static void look(ZipArchive archive, Notes notes) {
        boolean isSkops =
                archive.members().stream().anyMatch(member -> member.name().equals("schema.json"));
        if (!isSkops) {
            return;
        }
        notes.format("skops", true);
        for (ZipMember member : archive.members()) {
            if (NODE.matcher(member.name()).matches()) {
                notes.finding(
                        DISGUISED,
                        Severity.MEDIUM,
                        member.headerOffset(),
                        "A member is named after a node that calls code: \""
                                + member.name().replaceAll("\\p{Cntrl}", "?")
                                + "\" (CVE-2025-54412, CVE-2025-54413)");
            }
        }
    }
}
