package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The Merkle tree of RFC 6962 section 2.1 (unchanged in RFC 9162): hashes of leaves and nodes,
/// inclusion and consistency proofs, and their verifiers.
public final class Merkle {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Merkle() {}

    /// The hash of a leaf: SHA-256(0x00 || leaf).
    public static Digest leafHash(byte[] leaf) {
        return digest(leafHashBytes(leaf));
    }

    static byte[] leafHashBytes(byte[] leaf) {
        MessageDigest sha = Digest.sha256();
        sha.update(LEAF);
        return sha.digest(leaf);
    }

    static byte[] nodeHash(byte[] left, byte[] right) {
        MessageDigest sha = Digest.sha256();
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /// The root of a tree with these leaf hashes; SHA-256 of nothing when there are none.
    public static Digest root(List<Digest> leafHashes) {
        CompactRange range = new CompactRange();
        leafHashes.forEach(hash -> range.add(bytes(hash)));
        return range.root();
    }

    /// The path from leaf `index` to the root, lowest first (RFC 6962 section 2.1.1).
    ///
    /// @throws IllegalArgumentException when there is no such leaf
    public static List<Digest> inclusionProof(List<Digest> leafHashes, int index) {
        if (index < 0 || index >= leafHashes.size()) {
            throw new IllegalArgumentException(
                    "No leaf " + index + " in a tree of " + leafHashes.size());
        }
        List<Digest> path = new ArrayList<>();
        collectPath(leafHashes, index, path);
        return List.copyOf(path);
    }

    private static void collectPath(List<Digest> leaves, int index, List<Digest> path) {
        if (leaves.size() == 1) {
            return;
        }
        int k = split(leaves.size());
        List<Digest> left = leaves.subList(0, k);
        List<Digest> right = leaves.subList(k, leaves.size());
        if (index < k) {
            collectPath(left, index, path);
            path.add(root(right));
        } else {
            collectPath(right, index - k, path);
            path.add(root(left));
        }
    }

    /// The proof that the tree of the first `size` leaves is a prefix of the tree of all of them
    /// (RFC 6962 section 2.1.2); empty when `size` is 0 or all.
    ///
    /// @throws IllegalArgumentException when `size` is negative or larger than the tree
    public static List<Digest> consistencyProof(List<Digest> leafHashes, int size) {
        if (size < 0 || size > leafHashes.size()) {
            throw new IllegalArgumentException(
                    "No prefix of " + size + " in a tree of " + leafHashes.size());
        }
        List<Digest> proof = new ArrayList<>();
        if (size > 0) {
            collectConsistency(leafHashes, size, true, proof);
        }
        return List.copyOf(proof);
    }

    private static void collectConsistency(
            List<Digest> leaves, int size, boolean isKnown, List<Digest> proof) {
        if (size == leaves.size()) {
            if (!isKnown) {
                proof.add(root(leaves));
            }
            return;
        }
        int k = split(leaves.size());
        List<Digest> left = leaves.subList(0, k);
        List<Digest> right = leaves.subList(k, leaves.size());
        if (size <= k) {
            collectConsistency(left, size, isKnown, proof);
            proof.add(root(right));
        } else {
            collectConsistency(right, size - k, false, proof);
            proof.add(root(left));
        }
    }

    /// The largest power of two smaller than `size`.
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    /// Whether the path leads from leaf `index` to the root of a tree of `size` leaves (RFC 9162
    /// section 2.1.3.2).
    public static boolean includes(
            Digest leafHash, long index, long size, List<Digest> path, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] r = bytes(leafHash);
        for (Digest step : path) {
            if (sn == 0) {
                return false;
            }
            byte[] p = bytes(step);
            if ((fn & 1) == 1 || fn == sn) {
                r = nodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = nodeHash(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && digest(r).equals(root);
    }

    /// Whether the proof shows that the tree of `oldSize` leaves is a prefix of the tree of
    /// `newSize` leaves (RFC 9162 section 2.1.4.2). Between trees of one size the proof is empty.
    /// Of an empty tree nothing can be shown: every tree grows from it.
    public static boolean isConsistent(
            long oldSize, long newSize, List<Digest> proof, Digest oldRoot, Digest newRoot) {
        if (oldSize < 1 || oldSize > newSize) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && oldRoot.equals(newRoot);
        }
        if (proof.isEmpty()) {
            return false;
        }
        return climb(oldSize, newSize, proof, oldRoot, newRoot);
    }

    private static boolean climb(
            long oldSize, long newSize, List<Digest> proof, Digest oldRoot, Digest newRoot) {
        boolean isPowerOfTwo = Long.bitCount(oldSize) == 1;
        int next = isPowerOfTwo ? 0 : 1;
        byte[] fr = bytes(isPowerOfTwo ? oldRoot : proof.getFirst());
        byte[] sr = fr;
        int odd = Long.numberOfTrailingZeros(~(oldSize - 1));
        long fn = (oldSize - 1) >> odd;
        long sn = (newSize - 1) >> odd;
        for (int i = next; i < proof.size(); i++) {
            if (sn == 0) {
                return false;
            }
            byte[] c = bytes(proof.get(i));
            if ((fn & 1) == 1 || fn == sn) {
                fr = nodeHash(c, fr);
                sr = nodeHash(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = nodeHash(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && digest(fr).equals(oldRoot) && digest(sr).equals(newRoot);
    }

    static byte[] bytes(Digest digest) {
        return HexFormat.of().parseHex(digest.hex());
    }

    static Digest digest(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }
}
