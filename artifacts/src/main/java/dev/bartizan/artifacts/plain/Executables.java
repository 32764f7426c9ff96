package dev.bartizan.artifacts.plain;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;

/// Programs for machines: ELF, PE, Mach-O.
final class Executables {
    private static final Rule EXECUTABLE =
            Rule.code(
                    "executable-beside-weights",
                    "Remove it, unless you know who built it and why it is there.",
                    "CWE-506");
    private static final long PE_OFFSET_PLACE = 0x3c;

    private Executables() {}

    static void look(Item item, Notes notes) throws IOException {
        kind(item)
                .ifPresent(kind ->
                        notes.finding(
                                EXECUTABLE,
                                item.depth() > 0 ? Severity.HIGH : Severity.MEDIUM,
                                0,
                                "It is a program for machines: " + kind));
    }

    private static Optional<String> kind(Item item) throws IOException {
        if (item.bytes().has(0, (byte) 0x7f, (byte) 'E', (byte) 'L', (byte) 'F')) {
            return Optional.of("ELF");
        }
        boolean isMach =
                item.bytes().has(0, (byte) 0xCF, (byte) 0xFA, (byte) 0xED, (byte) 0xFE)
                        || item.bytes().has(0, (byte) 0xFE, (byte) 0xED, (byte) 0xFA, (byte) 0xCF)
                        || item.bytes().has(0, (byte) 0xCE, (byte) 0xFA, (byte) 0xED, (byte) 0xFE);
        if (isMach) {
            return Optional.of("Mach-O");
        }
        if (item.bytes().has(0, "MZ")) {
            try {
                long header = new ByteReader(item.bytes(), PE_OFFSET_PLACE).u32();
                return item.bytes().has(header, "PE\0\0") ? Optional.of("PE") : Optional.empty();
            } catch (FormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
