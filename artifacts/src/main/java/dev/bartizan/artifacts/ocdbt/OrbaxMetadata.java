package dev.bartizan.artifacts.ocdbt;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Orbax writes beside the numbers of a checkpoint (google/orbax, `metadata`): names, shapes,
/// versions. Functions to call have no place in it.
public final class OrbaxMetadata {
    private static final Pattern NAMES =
            Pattern.compile("_METADATA|_CHECKPOINT_METADATA|.*\\.(checkpoint|orbax)");

    /// A function that is handed to one which calls it.
    private static final Pattern HANDED =
            Pattern.compile(
                    "\\bhost_callback\\.call\\s*\\(|\\(\\s*(?:os\\.(?:system|popen)|subprocess\\.\\w{1,20})\\s*,|\\b(?:io_callback|pure_callback)\\s*\\(");

    private OrbaxMetadata() {}

    /// Notes programs in the texts of such a document; nothing when it is none.
    public static void look(Json root, Notes notes) throws IOException {
        boolean isNamed = NAMES.matcher(notes.item().name()).matches();
        boolean isSaid = root.text("type").filter(type -> type.contains("orbax")).isPresent();
        if (isNamed || isSaid) {
            texts(root, "", notes);
        }
    }

    private static void texts(Json json, String path, Notes notes) throws IOException {
        switch (json) {
            case Json.Text text -> {
                String what = "metadata \"" + Shown.text(path) + "\"";
                MetadataText.look(what, Severity.MEDIUM, text.value(), notes);
                Matcher handed = HANDED.matcher(text.value());
                if (handed.find()) {
                    notes.findingAt(
                            TextRules.CODE_IN_METADATA,
                            Severity.MEDIUM,
                            notes.item().path() + "#" + what,
                            "The "
                                    + what
                                    + " hands a function on to be called: "
                                    + Shown.text(text.value()));
                }
            }
            case Json.Members members -> {
                for (Json.Member member : members.members()) {
                    texts(member.value(), path + "/" + member.key(), notes);
                }
            }
            case Json.Items items -> {
                for (Json item : items.items()) {
                    texts(item, path, notes);
                }
            }
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }
}
