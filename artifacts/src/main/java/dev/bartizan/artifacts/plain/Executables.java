package dev.bartizan.artifacts.plain;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;

/// Programs for machines: ELF, PE, Mach-O, code of virtual machines; at the start of a file and in
/// the middle of other bytes.
final class Executables {
    static final Rule EXECUTABLE =
            Rule.code(
                    "executable-beside-weights",
                    "Remove it, unless you know who built it and why it is there.",
                    "CWE-506");
    private static final Rule EMBEDDED =
            Rule.code(
                    "executable-inside-data",
                    "Find out why model data hold a program; do not use the file.",
                    "CWE-506");
    private static final long PE_OFFSET_PLACE = 0x3c;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int OVERLAP_BYTES = 64;
    private static final long SEARCHED_BYTES = 256L << 20;

    private static final int MACHINE_PLACE = 18;
    private static final int CUDA = 190;
    private static final int AMD_GPU = 224;

    private static final String DOS_STUB = "This program cannot be run in DOS mode";

    private Executables() {}

    /// Notes what program an item is, or which stands in it.
    ///
    /// @param claims whether its name is one of a model file
    static void look(Item item, boolean claims, Notes notes) throws IOException {
        Optional<String> kind = kind(item.bytes());
        if (kind.isEmpty()) {
            embedded(item, notes);
            return;
        }
        boolean isLlamafile = item.depth() == 0 && Llamafile.isOne(item.bytes());
        notes.format(isLlamafile ? "llamafile" : "executable", true);
        Severity alone = isLlamafile ? Severity.LOW : Severity.MEDIUM;
        boolean isWorse = item.depth() > 0 || (claims && !isLlamafile);
        notes.finding(
                EXECUTABLE,
                isWorse ? Severity.HIGH : alone,
                0,
                "It is a program for machines: "
                        + kind.get()
                        + (isLlamafile ? ", a llamafile; running it runs its code" : "")
                        + (claims && !isLlamafile ? ", named like a model" : ""));
    }

    /// What kind of program starts here.
    static Optional<String> kind(ByteSource bytes) throws IOException {
        if (bytes.has(0, (byte) 0x7f, (byte) 'E', (byte) 'L', (byte) 'F')) {
            return Optional.of("ELF");
        }
        boolean isMach =
                bytes.has(0, (byte) 0xCF, (byte) 0xFA, (byte) 0xED, (byte) 0xFE)
                        || bytes.has(0, (byte) 0xFE, (byte) 0xED, (byte) 0xFA, (byte) 0xCF)
                        || bytes.has(0, (byte) 0xFE, (byte) 0xED, (byte) 0xFA, (byte) 0xCE)
                        || bytes.has(0, (byte) 0xCE, (byte) 0xFA, (byte) 0xED, (byte) 0xFE);
        if (isMach) {
            return Optional.of("Mach-O");
        }
        if (bytes.has(0, (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE)) {
            return Optional.of(isUniversal(bytes.bytes(4, 4)) ? "Mach-O" : "Java class");
        }
        if (bytes.has(0, (byte) 0, (byte) 'a', (byte) 's', (byte) 'm')) {
            return Optional.of("WebAssembly");
        }
        if (bytes.has(0, (byte) 0x1b, (byte) 'L', (byte) 'u', (byte) 'a')
                || bytes.has(0, (byte) 0x1b, (byte) 'L', (byte) 'J')) {
            return Optional.of("Lua bytecode");
        }
        if (bytes.size() > 16 && bytes.has(2, (byte) '\r', (byte) '\n') && isPython(bytes)) {
            return Optional.of("Python bytecode");
        }
        if (bytes.has(0, "MZqFpD")) {
            return Optional.of("actually portable executable");
        }
        return bytes.has(0, "MZ") && isPe(bytes, 0) ? Optional.of("PE") : Optional.empty();
    }

    /// Both start alike; behind it stand how many processors there are code for, or the version of
    /// the class file, which is 45 at least (Java Virtual Machine Specification 4.1).
    private static boolean isUniversal(byte[] number) {
        return number.length == 4
                && number[0] == 0
                && number[1] == 0
                && number[2] == 0
                && number[3] > 0
                && number[3] < 45;
    }

    /// A compiled module: a magic number, flags of 0 to 3, and at 16 a marshalled code object.
    private static boolean isPython(ByteSource bytes) throws IOException {
        byte[] head = bytes.bytes(0, 17);
        return head[4] >= 0 && head[4] <= 3 && head[5] == 0 && (head[16] & 0x7f) == 'c';
    }

    private static boolean isPe(ByteSource bytes, long at) throws IOException {
        try {
            long header = new ByteReader(bytes, at + PE_OFFSET_PLACE).u32();
            return bytes.has(at + header, "PE\0\0");
        } catch (FormatException e) {
            return false;
        }
    }

    /// Notes the first program in the middle of the bytes.
    static void embedded(Item item, Notes notes) throws IOException {
        ByteSource bytes = item.bytes();
        long end = Math.min(bytes.size(), SEARCHED_BYTES);
        for (long at = 0; at < end; at += BLOCK_BYTES) {
            byte[] block = bytes.bytes(at, BLOCK_BYTES + OVERLAP_BYTES);
            for (int i = 0; i < Math.min(BLOCK_BYTES, block.length - 3); i++) {
                byte b = block[i];
                if (b != 0x7f && b != 'M' && b != 'T') {
                    continue;
                }
                Optional<String> kind = embeddedAt(bytes, block, at, i);
                if (kind.isPresent()) {
                    notes.finding(
                            EMBEDDED,
                            Severity.HIGH,
                            at + i,
                            "A program for machines stands in the middle of the bytes: "
                                    + kind.get());
                    return;
                }
            }
        }
    }

    /// A header of ELF: class, byte order, version, and a processor that is no graphics card, whose
    /// kernels every compiled engine holds (System V ABI, "ELF Header").
    private static boolean isElf(byte[] block, int i) {
        boolean isHeader =
                i + MACHINE_PLACE + 1 < block.length
                        && (block[i + 4] == 1 || block[i + 4] == 2)
                        && (block[i + 5] == 1 || block[i + 5] == 2)
                        && block[i + 6] == 1;
        if (!isHeader) {
            return false;
        }
        int first = block[i + MACHINE_PLACE] & 0xff;
        int second = block[i + MACHINE_PLACE + 1] & 0xff;
        int machine = block[i + 5] == 1 ? second << 8 | first : first << 8 | second;
        return machine != CUDA && machine != AMD_GPU;
    }

    private static Optional<String> embeddedAt(ByteSource bytes, byte[] block, long at, int i)
            throws IOException {
        if (block[i] == 0x7f && block[i + 1] == 'E' && block[i + 2] == 'L' && block[i + 3] == 'F') {
            return isElf(block, i) ? Optional.of("ELF") : Optional.empty();
        }
        if (block[i] == 'M' && block[i + 1] == 'Z' && isPe(bytes, at + i)) {
            return Optional.of("PE");
        }
        if (block[i] == 'T' && block[i + 1] == 'h' && bytes.has(at + i, DOS_STUB)) {
            return Optional.of("what every PE file says when DOS runs it");
        }
        return Optional.empty();
    }
}
