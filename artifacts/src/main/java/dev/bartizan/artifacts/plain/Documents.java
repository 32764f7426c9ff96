package dev.bartizan.artifacts.plain;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Documents that do something when they are opened: PDF (ISO 32000-2, 12.6 "Actions") and RTF
/// (Rich Text Format Specification 1.9.1, "Objects", "Fields").
public final class Documents {
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_UNPACKED = 32 << 20;
    private static final int LONGEST_STREAM = 1 << 20;
    private static final int MOST_STREAMS = 2_000;

    private static final Rule ACTS =
            Rule.code(
                    "document-acts-when-opened",
                    "Do not open it; ask its author for a document without actions.",
                    "CWE-829");

    private static final LazyPattern HEX = LazyPattern.of("#([0-9A-Fa-f]{2})");
    private static final LazyPattern LAUNCH = LazyPattern.of("/S\\s{0,5}/Launch\\b");
    private static final LazyPattern SCRIPT =
            LazyPattern.of("/S\\s{0,5}/JavaScript\\b|/JS\\s{0,5}[(<]");
    private static final LazyPattern OPENS =
            LazyPattern.of(
                    "/(?:OpenAction|AA)\\b[^\\n]{0,300}?/S\\s{0,5}/(?:URI|SubmitForm|GoToR|GoToE|ImportData)\\b");
    private static final LazyPattern EMBEDS_PROGRAM =
            LazyPattern.of(
                    "/UF?\\s{0,5}\\([^()]{0,200}\\.(?:exe|dll|scr|bat|cmd|ps1|vbs|js|jse|hta|lnk|jar|sh|py|pkl|msi)\\)");
    private static final LazyPattern STREAM = LazyPattern.of("\\bstream\\r?\\n");

    private static final LazyPattern RTF_RUNS =
            LazyPattern.of(
                    "(?i)\\bDDE(?:AUTO)?\\s|\\\\objupdate\\b|\\\\objautlink\\b|\\\\\\*\\\\template\\s{1,5}(?:https?:|\\\\\\\\)|\\\\objclass\\s{1,5}(?:Equation\\.3|Package|htmlfile|OLE2Link)");
    private static final LazyPattern RTF_OBJECT = LazyPattern.of("\\\\objdata\\b");

    private Documents() {}

    /// Notes what opening the item does, where it is such a document.
    public static void look(Item item, Notes notes) throws IOException {
        boolean isPdf = item.bytes().has(0, "%PDF-");
        boolean isRtf = item.bytes().has(0, "{\\rtf");
        if (!isPdf && !isRtf) {
            return;
        }
        notes.format(isPdf ? "pdf" : "rtf", false);
        byte[] bytes = item.bytes().bytes(0, MOST_BYTES);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (isRtf) {
            first(
                    RTF_RUNS.get(),
                    text,
                    Severity.HIGH,
                    "The document runs or fetches something: ",
                    notes);
            first(RTF_OBJECT.get(), text, Severity.MEDIUM, "The document holds an object: ", notes);
            return;
        }
        pdf(text, notes);
        Matcher stream = STREAM.matcher(text);
        int left = MOST_UNPACKED;
        for (int seen = 0; seen < MOST_STREAMS && left > 0 && stream.find(); seen++) {
            notes.checkTime();
            String before = text.substring(Math.max(0, stream.start() - 300), stream.start());
            boolean isOfObjects = before.contains("ObjStm");
            if (isOfObjects) {
                String unpacked = unpacked(bytes, stream.end());
                left -= unpacked.length();
                pdf(unpacked, notes);
            }
        }
    }

    private static void pdf(String raw, Notes notes) {
        String text =
                raw.indexOf('#') < 0
                        ? raw
                        : HEX.matcher(raw)
                                .replaceAll(hex ->
                                        Matcher.quoteReplacement(
                                                Character.toString(
                                                        Integer.parseInt(hex.group(1), 16))));
        first(LAUNCH.get(), text, Severity.HIGH, "The document starts a program: ", notes);
        first(SCRIPT.get(), text, Severity.MEDIUM, "The document runs a script: ", notes);
        first(OPENS.get(), text, Severity.MEDIUM, "Opening the document sends or fetches: ", notes);
        first(EMBEDS_PROGRAM.get(), text, Severity.MEDIUM, "The document holds a program: ", notes);
    }

    private static void first(
            Pattern pattern, String text, Severity severity, String before, Notes notes) {
        Matcher found = pattern.matcher(text);
        if (found.find()) {
            String what = found.group();
            notes.finding(
                    ACTS,
                    severity,
                    0,
                    before + (what.length() <= 120 ? what : what.substring(0, 120) + "…"));
        }
    }

    /// A stream of objects; empty when it is not packed by Flate.
    private static String unpacked(byte[] bytes, int from) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            byte[] out = new byte[LONGEST_STREAM];
            int length = inflater.inflate(out);
            return new String(out, 0, length, StandardCharsets.ISO_8859_1);
        } catch (DataFormatException e) {
            return ""; // of another method
        } finally {
            inflater.end();
        }
    }
}
