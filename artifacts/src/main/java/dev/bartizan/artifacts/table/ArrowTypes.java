package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tables that cannot be read, and name an extension type of Python all the same: pyarrow before
/// 14.0.1 unpickles what stands beside the name as soon as the file is opened (CVE-2023-47248).
/// Parquet keeps that schema as base64 under `ARROW:schema`.
final class ArrowTypes {
    private static final String TYPE = "arrow.py_extension_type";
    private static final int SEARCHED_BYTES = 1 << 20;
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9+/]{64,}+={0,2}");

    private ArrowTypes() {}

    /// Looks at both ends of a table, where schemas stand.
    static void look(Item item, Notes notes) throws IOException {
        long size = item.bytes().size();
        ends(item.bytes(), 0, notes);
        if (size > SEARCHED_BYTES) {
            ends(item.bytes(), size - SEARCHED_BYTES, notes);
        }
    }

    private static void ends(ByteSource bytes, long from, Notes notes) throws IOException {
        String text = new String(bytes.bytes(from, SEARCHED_BYTES), StandardCharsets.ISO_8859_1);
        int plain = text.indexOf(TYPE);
        if (plain >= 0) {
            report(from + plain, notes);
            return;
        }
        Matcher schema = SCHEMA.matcher(text);
        while (schema.find()) {
            byte[] decoded = decoded(schema.group());
            if (new String(decoded, StandardCharsets.ISO_8859_1).contains(TYPE)) {
                report(from + schema.start(), notes);
                HiddenFiles.look(ByteSource.of(decoded), from + schema.start(), notes);
                return;
            }
        }
    }

    private static byte[] decoded(String base64) {
        String plain = base64.replaceAll("=+$", "");
        return Base64.getDecoder().decode(plain.substring(0, plain.length() / 4 * 4));
    }

    private static void report(long at, Notes notes) {
        notes.finding(
                TableRules.UNPICKLES,
                Severity.HIGH,
                at,
                "The table has a type of Python that older readers unpickle when they open it"
                        + " (CVE-2023-47248)");
    }
}
