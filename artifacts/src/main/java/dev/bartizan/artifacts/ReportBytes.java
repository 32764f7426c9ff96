package dev.bartizan.artifacts;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A report as bytes that do not name the file: wherever its path stands at the start of a path, a
/// place or a line of the explanation, a mark stands instead, so that the same bytes under another
/// path get the same report.
final class ReportBytes {
    private static final int MOST_BYTES = 1 << 16;
    private static final char HERE = '\u0001';
    private static final char AS_IT_IS = '\u0002';

    private final String shown;

    private ReportBytes(String shown) {
        this.shown = shown;
    }

    /// The bytes; empty when they would be many, would not read back the same (half characters in a
    /// name), or when the path stands in the middle of a text.
    ///
    /// @param label stands before it
    /// @param shown path of the file
    static Optional<byte[]> write(FileReport report, String label, String shown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(label, out);
            boolean isDone = new ReportBytes(shown).report(report, out);
            boolean isKept =
                    isDone
                            && bytes.size() <= MOST_BYTES
                            && read(bytes.toByteArray(), label, shown).equals(report);
            return isKept ? Optional.of(bytes.toByteArray()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The report of the file at this path.
    ///
    /// @throws IOException when these bytes are no report with that label
    static FileReport read(byte[] bytes, String label, String shown) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!text(in).equals(label)) {
                throw new IOException("the report is labelled otherwise");
            }
            return new ReportBytes(shown).report(in);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("no report: " + e.getMessage(), e);
        }
    }

    private boolean report(FileReport report, DataOutputStream out) throws IOException {
        if (out.size() > MOST_BYTES || isNamed(report)) {
            return false;
        }
        place(report.path(), out);
        text(report.verdict().name(), out);
        texts(report.formats(), out);
        out.writeBoolean(report.canHoldCode());
        out.writeInt(report.findings().size());
        for (Finding finding : report.findings()) {
            text(finding.rule(), out);
            text(finding.severity().name(), out);
            text(finding.message(), out);
            place(finding.location(), out);
            text(finding.mend(), out);
            texts(finding.cwe(), out);
            texts(finding.atlas(), out);
        }
        out.writeLong(report.coveredBytes());
        out.writeLong(report.totalBytes());
        texts(report.notCovered(), out);
        List<String> lines = List.of(report.explanation().split("\n", -1));
        out.writeInt(lines.size());
        for (String line : lines) {
            place(line, out);
        }
        out.writeInt(report.members().size());
        for (FileReport member : report.members()) {
            if (!report(member, out)) {
                return false;
            }
        }
        texts(report.reaches(), out);
        text(report.sha256().map(Digest::hex).orElse(""), out);
        return true;
    }

    /// Whether a text that is no place names the file; none does today.
    private boolean isNamed(FileReport report) {
        return report.notCovered().stream().anyMatch(text -> text.contains(shown))
                || report.findings().stream()
                        .anyMatch(finding -> finding.message().contains(shown));
    }

    private void place(String place, DataOutputStream out) throws IOException {
        boolean isHere = place.startsWith(shown);
        text(isHere ? HERE + place.substring(shown.length()) : AS_IT_IS + place, out);
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void texts(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(text, out);
        }
    }

    private FileReport report(DataInputStream in) throws IOException {
        String path = place(in);
        Verdict verdict = Verdict.valueOf(text(in));
        List<String> formats = texts(in);
        boolean canHoldCode = in.readBoolean();
        int count = count(in);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String rule = text(in);
            Severity severity = Severity.valueOf(text(in));
            String message = text(in);
            String location = place(in);
            String mend = text(in);
            findings.add(
                    new Finding(rule, severity, message, location, mend, texts(in), texts(in)));
        }
        long covered = in.readLong();
        long total = in.readLong();
        List<String> notCovered = texts(in);
        int lineCount = count(in);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < lineCount; i++) {
            lines.add(place(in));
        }
        int memberCount = count(in);
        List<FileReport> members = new ArrayList<>();
        for (int i = 0; i < memberCount; i++) {
            members.add(report(in));
        }
        List<String> reaches = texts(in);
        String sha256 = text(in);
        return new FileReport(
                path,
                verdict,
                formats,
                canHoldCode,
                findings,
                covered,
                total,
                notCovered,
                String.join("\n", lines),
                members,
                reaches,
                sha256.isEmpty() ? Optional.empty() : Optional.of(new Digest(sha256)));
    }

    private String place(DataInputStream in) throws IOException {
        String text = text(in);
        return text.charAt(0) == HERE ? shown + text.substring(1) : text.substring(1);
    }

    /// A number of things that follow, each of a byte at least.
    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException("no report: " + count + " of something");
        }
        return count;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(count(in)), StandardCharsets.UTF_8);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = count(in);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(in));
        }
        return texts;
    }
}
