package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/// How skops lays out a zip archive (skops, `io/_persist.py`): `schema.json`, and members named by
/// numbers. A member that bears the name of a node through which readers were made to call code is
/// written by no writer.
final class SkopsLayout {
    private static final LazyPattern NODE =
            LazyPattern.of("(?i).*(OperatorFuncNode|MethodNode|ReduceNode|PartialNode).*");
    private static final Rule DISGUISED =
            Rule.code(
                    "skops-member-named-like-a-node",
                    "Ask where the file comes from; have the model saved again by skops.",
                    "CWE-502");

    private static final LazyPattern CARD =
            LazyPattern.of("(?i)(.*/)?(readme|model_?card)(\\.\\w+)?");
    private static final LazyPattern LOADS =
            LazyPattern.of("\\b(joblib|pickle|cloudpickle|dill)\\s*\\.\\s*loads?\\s*\\(");
    private static final int LARGEST_CARD = 1 << 20;
    private static final Rule PICKLED =
            Rule.code(
                    "skops-card-loads-pickles",
                    "Load it with `skops.io.load` alone; take no other way its card offers.",
                    "CWE-502");

    private SkopsLayout() {}

    /// A card that leads around the checks: `Card.get_model` fell back to joblib by itself
    /// (CVE-2025-54886).
    private static void card(Item item, ZipMember member, Notes notes) throws IOException {
        if (!CARD.matcher(member.name()).matches()) {
            return;
        }
        try (ZipContent content = ZipContent.open(item.bytes(), member, LARGEST_CARD)) {
            String text =
                    new String(content.bytes().bytes(0, LARGEST_CARD), StandardCharsets.UTF_8);
            Matcher loads = LOADS.matcher(text);
            if (loads.find()) {
                notes.finding(
                        PICKLED,
                        Severity.MEDIUM,
                        member.headerOffset(),
                        "Its card has the model loaded as a pickle, which this format is there to avoid: "
                                + loads.group()
                                + ") (CVE-2025-54886)");
            }
        } catch (FormatException e) {
            return; // told of where members are unpacked
        }
    }

    static void look(Item item, ZipArchive archive, Notes notes) throws IOException {
        boolean isSkops =
                archive.members().stream().anyMatch(member -> member.name().equals("schema.json"));
        if (!isSkops) {
            return;
        }
        notes.format("skops", true);
        for (ZipMember member : archive.members()) {
            card(item, member, notes);
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
