package dev.bartizan.artifacts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Zip archives written field by field, so that every field can lie (APPNOTE.TXT 4.3).
final class ZipParts {
    private final List<Member> members = new ArrayList<>();
    private byte[] front = new byte[0];
    private byte[] comment = new byte[0];
    private int disk;
    private boolean hasZip64Lie;

    /// A member; what it says of itself and what the directory says start out the same.
    static final class Member {
        final byte[] data;
        final Header local;
        final Header central;
        boolean isListed = true;
        String signature = "PK\3\4";
        byte[] behind = new byte[0];

        private Member(String name, byte[] content, int method) {
            this.data = method == 8 ? deflated(content) : content;
            CRC32 crc = new CRC32();
            crc.update(content);
            this.local =
                    new Header(name, method, (int) crc.getValue(), data.length, content.length);
            this.central =
                    new Header(name, method, (int) crc.getValue(), data.length, content.length);
        }

        private static byte[] deflated(byte[] content) {
            Deflater deflater = new Deflater(9, true);
            deflater.setInput(content);
            deflater.finish();
            byte[] out = new byte[content.length + 100];
            int n = deflater.deflate(out);
            deflater.end();
            return java.util.Arrays.copyOf(out, n);
        }
    }

    /// The fields that both headers have.
    static final class Header {
        String name;
        int version = 20;
        int flags;
        int method;
        int time = 0x5a21_0000;
        int crc;
        int packed;
        int unpacked;
        byte[] extra = new byte[0];

        private Header(String name, int method, int crc, int packed, int unpacked) {
            this.name = name;
            this.method = method;
            this.crc = crc;
            this.packed = packed;
            this.unpacked = unpacked;
        }

        private void write(Bytes out) {
            out.u16(version).u16(flags).u16(method).u32(time).u32(crc).u32(packed).u32(unpacked);
            out.u16(name.getBytes(StandardCharsets.UTF_8).length).u16(extra.length);
        }
    }

    Member stored(String name, byte[] content) {
        return add(new Member(name, content, 0));
    }

    Member deflated(String name, byte[] content) {
        return add(new Member(name, content, 8));
    }

    private Member add(Member member) {
        members.add(member);
        return member;
    }

    ZipParts front(byte[] bytes) {
        front = bytes;
        return this;
    }

    ZipParts comment(byte[] bytes) {
        comment = bytes;
        return this;
    }

    ZipParts disk(int number) {
        disk = number;
        return this;
    }

    /// A zip64 end record that promises an empty directory.
    ZipParts zip64Lie() {
        hasZip64Lie = true;
        return this;
    }

    byte[] bytes() {
        Bytes out = new Bytes();
        out.raw(front);
        List<Integer> offsets = new ArrayList<>();
        for (Member member : members) {
            offsets.add(out.size());
            out.text(member.signature);
            member.local.write(out);
            out.text(member.local.name).raw(member.local.extra).raw(member.data).raw(member.behind);
        }
        int start = out.size();
        int listed = 0;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).isListed) {
                directory(members.get(i).central, offsets.get(i), out);
                listed++;
            }
        }
        int length = out.size() - start;
        if (hasZip64Lie) {
            int place = out.size();
            out.text("PK\6\6")
                    .u64(44)
                    .u16(45)
                    .u16(45)
                    .u32(0)
                    .u32(0)
                    .u64(0)
                    .u64(0)
                    .u64(0)
                    .u64(start);
            out.text("PK\6\7").u32(0).u64(place).u32(1);
        }
        end(listed, length, start, out);
        return out.raw(comment).bytes();
    }

    private static void directory(Header header, int offset, Bytes out) {
        out.text("PK\1\2").u16(20);
        header.write(out);
        out.u16(0).u16(0).u16(0).u32(0).u32(offset).text(header.name).raw(header.extra);
    }

    private void end(int listed, int length, int start, Bytes out) {
        out.text("PK\5\6").u16(disk).u16(disk).u16(listed).u16(listed).u32(length).u32(start);
        out.u16(comment.length);
    }

    /// Little-endian numbers and text, one behind another.
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        int size() {
            return out.size();
        }

        Bytes raw(byte... bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes text(String text) {
            return raw(text.getBytes(StandardCharsets.UTF_8));
        }

        Bytes u16(int value) {
            return raw((byte) value, (byte) (value >> 8));
        }

        Bytes u32(int value) {
            return u16(value).u16(value >> 16);
        }

        Bytes u64(long value) {
            return u32((int) value).u32((int) (value >> 32));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
