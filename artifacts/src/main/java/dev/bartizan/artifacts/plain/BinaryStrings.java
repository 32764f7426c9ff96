package dev.bartizan.artifacts.plain;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts in formats that are recognised but not analysed: programs and paths among them.
public final class BinaryStrings {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 1 << 14;
    private static final int MOST_FOUND = 20;
    private static final long MOST_BYTES = 256L << 20;
    private static final Pattern PATH =
            Pattern.compile("(^|[\\s\"'=:,])((\\.\\./)+[\\w./-]+|\\.\\.\\\\[\\w.\\\\-]+)");
    private static final Pattern LIBRARY =
            Pattern.compile(
                    "(?:^|[\\s\"'=:,])((/|[A-Za-z]:\\\\)[\\w./\\\\-]{1,200}\\.(so|dll|dylib))\\b");
    private static final Pattern DOWNLOAD =
            Pattern.compile(
                    "(?i)(download|upload|callback|webhook|exfil|payload|model)[_-]?ur[li]\\W{0,3}\\s*(https?|ftp)://\\S+");

    private static final boolean[] READABLE = new boolean[256];

    static {
        Arrays.fill(READABLE, ' ', 127, true);
        READABLE['\t'] = true;
        READABLE['\n'] = true;
        READABLE['\r'] = true;
    }

    private final Notes notes;
    private final StringBuilder wide = new StringBuilder();
    private long wideEnd;
    private int found;

    private BinaryStrings(Notes notes) {
        this.notes = notes;
    }

    /// Searches all texts of an item.
    public static void look(Item item, Notes notes) throws IOException {
        new BinaryStrings(notes).search(item);
    }

    private void search(Item item) throws IOException {
        StringBuilder text = new StringBuilder();
        long end = Math.min(item.bytes().size(), MOST_BYTES);
        boolean isInText = false;
        for (long at = 0; at < end; at += BLOCK_BYTES) {
            byte[] block = item.bytes().bytes(at, BLOCK_BYTES);
            for (int i = 0; i < block.length; i++) {
                byte b = block[i];
                boolean isReadable = READABLE[b & 0xff];
                if (!isReadable && !isInText) {
                    continue;
                }
                isInText = isReadable;
                if (isReadable && text.length() < LONGEST) {
                    text.append((char) b);
                } else if (b == 0 && text.length() == 1) {
                    wide(text, at + i);
                } else {
                    take(text, at + i);
                    if (isReadable) {
                        text.append((char) b);
                    }
                }
            }
        }
        take(text, end);
        takeWide();
    }

    /// A single sign before a zero: one of a text in UTF-16, whose signs stand two bytes apart.
    private void wide(StringBuilder sign, long zero) {
        if (zero != wideEnd + 2 || wide.length() >= LONGEST) {
            takeWide();
        }
        wide.append(sign);
        wideEnd = zero;
        sign.setLength(0);
    }

    private void takeWide() {
        if (wide.length() >= SHORTEST && found < MOST_FOUND) {
            look(wide.toString(), wideEnd - 2L * wide.length());
        }
        wide.setLength(0);
    }

    private void take(StringBuilder text, long end) {
        if (text.length() >= SHORTEST && found < MOST_FOUND) {
            look(text.toString(), end - text.length());
        }
        text.setLength(0);
    }

    private void look(String text, long at) {
        boolean isProgram =
                notes.formats().contains("llamafile") || notes.formats().contains("executable");
        (isProgram ? CodeInText.fetchAndRun(text) : CodeInText.call(text))
                .ifPresent(call ->
                        report(Severity.HIGH, at, "Text in the file holds a program: " + call));
        Matcher path = PATH.matcher(text);
        if (!isProgram && path.find()) {
            found++;
            notes.finding(
                    TextRules.PATH,
                    Severity.HIGH,
                    at,
                    "The file names a path outside its folder: " + path.group(2));
        }
        Matcher library = LIBRARY.matcher(text);
        if (!notes.canHoldCode() && library.find()) {
            found++;
            notes.finding(
                    TextRules.PATH,
                    Severity.MEDIUM,
                    at,
                    "The file names a library to load: " + library.group(1));
        }
        Matcher download = DOWNLOAD.matcher(text);
        if (download.find()) {
            report(
                    Severity.MEDIUM,
                    at,
                    "The file names a place to fetch from or send to: " + download.group());
        }
    }

    private void report(Severity severity, long at, String message) {
        found++;
        notes.finding(TextRules.CODE_IN_METADATA, severity, at, message);
    }
}
