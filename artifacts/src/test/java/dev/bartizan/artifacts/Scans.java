package dev.bartizan.artifacts;

import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Scans bytes, and packs fixtures.
final class Scans {
    private static final Scanner SCANNER = new Scanner();

    private Scans() {}

    static FileReport scan(String name, byte[] bytes) {
        return scan(name, ByteSource.of(bytes));
    }

    static FileReport scan(String name, ByteSource bytes) {
        try {
            FileReport report = SCANNER.scan(name, bytes);
            Seeds.keep(report, bytes);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Verdict verdict(byte[] bytes) {
        return scan("artifact", bytes).verdict();
    }

    static Severity worst(byte[] bytes) {
        return scan("artifact", bytes).worst().orElse(Severity.INFO);
    }

    static byte[] zip(Map<String, byte[]> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(member.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(member.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(member.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
