package dev.bartizan.artifacts.hidden;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Headers of programs, checked field by field, so that numbers are not taken for one: ELF (System
/// V ABI, "ELF Header"), PE ("PE Format", Microsoft), Mach-O (`mach-o/loader.h`), WebAssembly.
final class ProgramHeaders {
    private static final int WINDOW_BYTES = 64;
    private static final int ELF_64_BYTES = 64;
    private static final int ELF_32_BYTES = 52;
    private static final int MOST_SEGMENTS = 4096;
    private static final long FURTHEST_PE_HEADER = 1 << 16;
    private static final int MOST_COMMAND_BYTES = 1 << 20;
    private static final Set<Integer> ELF_MACHINES =
            Set.of(2, 3, 8, 20, 21, 22, 40, 50, 62, 183, 243, 258);
    private static final Set<Integer> PE_MACHINES =
            Set.of(0x14c, 0x8664, 0xaa64, 0x1c0, 0x1c4, 0x200, 0x5064);
    private static final Set<Long> MACH_PROCESSORS =
            Set.of(7L, 12L, 18L, 0x01000007L, 0x0100000cL, 0x01000012L, 0x0200000cL);

    private ProgramHeaders() {}

    /// What kind of program starts at an offset; empty when none does.
    static Optional<String> kind(ByteSource bytes, long at) throws IOException {
        try {
            byte[] first = bytes.bytes(at, 1);
            return switch (first.length == 0 ? 0 : first[0]) {
                case 0x7f -> isElf(bytes, at) ? Optional.of("ELF") : Optional.empty();
                case 'M' -> isPe(bytes, at) ? Optional.of("PE") : Optional.empty();
                case (byte) 0xce, (byte) 0xcf ->
                        isMach(bytes, at) ? Optional.of("Mach-O") : Optional.empty();
                case 0 ->
                        bytes.has(at, "\0asm\1\0\0\0")
                                ? Optional.of("WebAssembly")
                                : Optional.empty();
                default -> Optional.empty();
            };
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isElf(ByteSource bytes, long at) throws IOException, FormatException {
        if (!bytes.has(at, "\177ELF")) {
            return false;
        }
        ByteReader in = new ByteReader(bytes, at + 4, WINDOW_BYTES);
        boolean is64 = in.u8() == 2;
        int order = in.u8();
        if (in.u8() != 1 || (order != 1 && order != 2)) {
            return false;
        }
        Words words = new Words(new ByteReader(bytes, at + 16, WINDOW_BYTES), order == 2);
        int type = words.u16();
        boolean isKnown = type >= 1 && type <= 4 && ELF_MACHINES.contains(words.u16());
        int headerBytes = is64 ? ELF_64_BYTES : ELF_32_BYTES;
        Words sizes =
                new Words(new ByteReader(bytes, at + headerBytes - 12, WINDOW_BYTES), order == 2);
        int header = sizes.u16();
        int segmentBytes = sizes.u16();
        int segments = sizes.u16();
        boolean fits = segments == 0 || segmentBytes == (is64 ? 56 : 32);
        return isKnown && header == headerBytes && fits && segments <= MOST_SEGMENTS;
    }

    private static boolean isPe(ByteSource bytes, long at) throws IOException, FormatException {
        if (!bytes.has(at, "MZ")) {
            return false;
        }
        long header = new ByteReader(bytes, at + 0x3c, WINDOW_BYTES).u32();
        if (header < 0x40 || header > FURTHEST_PE_HEADER || !bytes.has(at + header, "PE\0\0")) {
            return false;
        }
        ByteReader in = new ByteReader(bytes, at + header + 4, WINDOW_BYTES);
        boolean isMachine = PE_MACHINES.contains(in.u16());
        int sections = in.u16();
        return isMachine && sections > 0 && sections <= 96;
    }

    private static boolean isMach(ByteSource bytes, long at) throws IOException, FormatException {
        ByteReader in = new ByteReader(bytes, at, WINDOW_BYTES);
        long magic = in.u32();
        boolean isProcessor = MACH_PROCESSORS.contains(in.u32());
        in.u32();
        long type = in.u32();
        long commands = in.u32();
        long commandBytes = in.u32();
        return (magic == 0xfeedfaceL || magic == 0xfeedfacfL)
                && isProcessor
                && type >= 1
                && type <= 12
                && commands > 0
                && commands * 8 <= commandBytes
                && commandBytes <= MOST_COMMAND_BYTES;
    }

    private record Words(ByteReader in, boolean isBigEndian) {
        int u16() throws IOException, FormatException {
            int value = in.u16();
            return isBigEndian ? (value & 0xff) << 8 | value >> 8 : value;
        }
    }
}
