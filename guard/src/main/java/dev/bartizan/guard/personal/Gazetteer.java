package dev.bartizan.guard.personal;

import dev.bartizan.guard.text.Resources;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Which kinds of name a word is part of: given name, family name, city, country, street, company,
/// job, people. Words are kept as 32-bit hashes of their lower-case form; a chance hit is one in
/// tens of thousands.
public final class Gazetteer {
    /// Part of a given name.
    public static final int GIVEN = 1;

    /// Part of a family name.
    public static final int FAMILY = 2;

    /// Part of the name of a city.
    public static final int CITY = 4;

    /// Part of the name of a country or state.
    public static final int COUNTRY = 8;

    /// Part of the name of a street.
    public static final int STREET = 16;

    /// Part of the name of a company.
    public static final int COMPANY = 32;

    /// Part of the name of a job.
    public static final int JOB = 64;

    /// Name of a people or its language.
    public static final int PEOPLE = 128;

    private final int[] keys;
    private final byte[] kinds;
    private final int mask;

    private Gazetteer(int[] hashes, byte[] values) {
        int capacity = Integer.highestOneBit(Math.max(8, hashes.length * 2)) * 2;
        keys = new int[capacity];
        kinds = new byte[capacity];
        mask = capacity - 1;
        for (int i = 0; i < hashes.length; i++) {
            int slot = hashes[i] & mask;
            while (kinds[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            keys[slot] = hashes[i];
            kinds[slot] = values[i];
        }
    }

    /// The kinds of the word with that hash, bits of the constants above; 0 when it is none.
    int kinds(int hash) {
        int slot = hash & mask;
        while (kinds[slot] != 0) {
            if (keys[slot] == hash) {
                return kinds[slot] & 0xFF;
            }
            slot = (slot + 1) & mask;
        }
        return 0;
    }

    /// A gazetteer of lower-case words with their kinds.
    public static Gazetteer of(Map<String, Integer> words) {
        return parse(toBytes(words));
    }

    /// The file form: pairs of hash and kinds in order of hash.
    public static byte[] toBytes(Map<String, Integer> words) {
        Map<Integer, Integer> byHash = new TreeMap<>();
        words.forEach(
                (word, kind) -> byHash.merge(hash(word, 0, word.length()), kind, (a, b) -> a | b));
        ByteBuffer out = ByteBuffer.allocate(byHash.size() * 5);
        byHash.forEach((hash, kind) -> out.putInt(hash).put(kind.byteValue()));
        return Arrays.copyOf(out.array(), out.position());
    }

    /// Reads the file form.
    public static Gazetteer parse(byte[] bytes) {
        int count = bytes.length / 5;
        int[] hashes = new int[count];
        byte[] values = new byte[count];
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (int i = 0; i < count; i++) {
            hashes[i] = in.getInt();
            values[i] = in.get();
        }
        return new Gazetteer(hashes, values);
    }

    /// The gazetteer that ships.
    public static Gazetteer shipped() {
        return parse(Resources.bytes(Gazetteer.class, "gazetteer.bin"));
    }

    /// The hash of a stretch of text in lower case.
    static int hash(CharSequence text, int from, int to) {
        int hash = 0x811C9DC5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ Character.toLowerCase(text.charAt(i))) * 0x01000193;
        }
        return mix(hash);
    }

    static int mix(int value) {
        int h = value;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >>> 16);
    }
}
