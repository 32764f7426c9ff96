package dev.bartizan.artifacts;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A file of our own with what is to be said of it.
///
/// @param name tells the trick
/// @param file its name on the disk
/// @param label what is right to say
record Trial(String name, Label label, String file, ByteSource bytes) {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    /// What is right to say.
    enum Label {
        /// Malicious: it runs when it is loaded or used as meant.
        MALICIOUS,
        /// Malicious or suspicious.
        BAD,
        /// Nothing above low.
        BENIGN,
        /// Anything but clean.
        NOT_CLEAN,
        /// Clean.
        CLEAN,
        /// Not flagged, and not broken.
        WHOLE
    }

    /// Whether a scan says what is right.
    boolean isRight(FileReport report) {
        boolean isFlagged =
                report.verdict() == Verdict.MALICIOUS || report.verdict() == Verdict.SUSPICIOUS;
        return switch (label) {
            case MALICIOUS -> report.verdict() == Verdict.MALICIOUS;
            case BAD -> isFlagged;
            case BENIGN -> !isFlagged;
            case WHOLE -> !isFlagged && report.verdict() != Verdict.UNREADABLE;
            case CLEAN -> report.verdict() == Verdict.CLEAN;
            case NOT_CLEAN -> report.verdict() != Verdict.CLEAN;
        };
    }

    /// Half of the trials, told by their names, are kept aside while rules are written.
    boolean isKeptAside() {
        return (name.hashCode() & 0x40) != 0;
    }

    static Trial bad(String name, String file, byte[] bytes) {
        return new Trial(name, Label.BAD, file, ByteSource.of(bytes));
    }

    static Trial malicious(String name, String file, byte[] bytes) {
        return new Trial(name, Label.MALICIOUS, file, ByteSource.of(bytes));
    }

    static Trial benign(String name, String file, byte[] bytes) {
        return new Trial(name, Label.BENIGN, file, ByteSource.of(bytes));
    }

    static Trial notClean(String name, String file, byte[] bytes) {
        return new Trial(name, Label.NOT_CLEAN, file, ByteSource.of(bytes));
    }

    /// Trials written as text: `=== label name | file`, then the file.
    static List<Trial> texts(String resource) {
        List<Trial> all = new ArrayList<>();
        for (String part : read(resource).split("(?m)^=== ", -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                String[] head = part.substring(0, end).split(" \\| ", 2);
                int space = head[0].indexOf(' ');
                Label label =
                        Label.valueOf(
                                head[0].substring(0, space).toUpperCase(java.util.Locale.ROOT));
                String text =
                        part.substring(end + 1)
                                .replace("@PICKLE64@", Base64.getEncoder().encodeToString(PAYLOAD))
                                .replace("@PICKLEHEX@", HexFormat.of().formatHex(PAYLOAD));
                all.add(
                        new Trial(
                                resource + "/" + head[0].substring(space + 1),
                                label,
                                head[1],
                                ByteSource.of(text.getBytes(StandardCharsets.UTF_8))));
            }
        }
        return all;
    }

    private static String read(String resource) {
        try (InputStream in = Trial.class.getResourceAsStream("trials/" + resource + ".txt")) {
            return new String(
                    java.util.Objects.requireNonNull(in, resource).readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
