package dev.bartizan.tensors.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/// The `precompiled_charsmap` of a SentencePiece normaliser: a double-array trie (Aoe 1989, in the
/// layout of the Darts-clone library) and the texts that it points to, ended by NUL. The native
/// reader trusts every index in it, so all that can be reached is checked here.
final class CharacterMap {
    private static final int BYTE_VALUES = 256;
    private final int[] units;
    private final byte[] texts;

    private CharacterMap(int[] units, byte[] texts) {
        this.units = units;
        this.texts = texts;
    }

    /// What is wrong with a map; empty when nothing is.
    static Optional<String> problem(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.of("is not base 64");
        }
        if (bytes.length < Integer.BYTES) {
            return Optional.of("ends early");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long size = Integer.toUnsignedLong(in.getInt());
        if (size % Integer.BYTES != 0 || size < Integer.BYTES || size > in.remaining()) {
            return Optional.of("promises a table of " + size + " bytes, which it does not hold");
        }
        int[] units = new int[(int) size / Integer.BYTES];
        in.asIntBuffer().get(units);
        byte[] texts = new byte[bytes.length - Integer.BYTES - (int) size];
        in.get(Integer.BYTES + (int) size, texts);
        return new CharacterMap(units, texts).problem();
    }

    private Optional<String> problem() {
        if (!isUtf8()) {
            return Optional.of("points to texts that are not UTF-8");
        }
        BitSet seen = new BitSet(units.length);
        Deque<Integer> open = new ArrayDeque<>();
        open.push(offset(units[0]));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (node < 0 || (node | BYTE_VALUES - 1) >= units.length) {
                return Optional.of("points outside its table");
            }
            if (seen.get(node)) {
                continue;
            }
            seen.set(node);
            for (int c = 1; c < BYTE_VALUES; c++) {
                int unit = units[node ^ c];
                if ((unit & (1 << 31 | 0xff)) != c) {
                    continue;
                }
                int next = node ^ c ^ offset(unit);
                boolean hasLeaf = (unit >>> 8 & 1) == 1;
                if (hasLeaf && (next < 0 || next >= units.length || !isText(units[next]))) {
                    return Optional.of("points outside its texts");
                }
                open.push(next);
            }
        }
        return Optional.empty();
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    private boolean isText(int leaf) {
        int start = leaf & Integer.MAX_VALUE;
        return start < texts.length && (texts[start] & 0xc0) != 0x80;
    }

    private boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
