package dev.bartizan.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Digest;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MerkleTest {
    /// The reference leaves of Certificate Transparency.
    private static final List<String> LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    /// The published roots of the first 0 to 8 of them.
    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static List<Digest> referenceLeaves() {
        return LEAVES.stream().map(hex -> Merkle.leafHash(HexFormat.of().parseHex(hex))).toList();
    }

    private static List<Digest> leaves(int size) {
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(Merkle.leafHash(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    /// The definition of RFC 6962 section 2.1, word for word.
    private static Digest definition(List<Digest> leaves) {
        if (leaves.isEmpty()) {
            return Digest.of("");
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        byte[] both = new byte[65];
        both[0] = 1;
        HexFormat hex = HexFormat.of();
        System.arraycopy(hex.parseHex(definition(leaves.subList(0, k)).hex()), 0, both, 1, 32);
        System.arraycopy(
                hex.parseHex(definition(leaves.subList(k, leaves.size())).hex()), 0, both, 33, 32);
        return Digest.of(both);
    }

    @Test
    void publishedRootsHold() {
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertThat(Merkle.root(referenceLeaves().subList(0, size)).hex())
                    .isEqualTo(ROOTS.get(size));
        }
    }

    @Test
    void publishedInclusionProofHolds() {
        assertThat(Merkle.inclusionProof(referenceLeaves().subList(0, 2), 0))
                .extracting(Digest::hex)
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
        assertThat(Merkle.inclusionProof(referenceLeaves().subList(0, 3), 2))
                .extracting(Digest::hex)
                .containsExactly(ROOTS.get(2));
    }

    @Test
    void rootsAreThoseOfTheDefinition() {
        List<Digest> all = leaves(130);
        CompactRange range = new CompactRange();
        for (int size = 0; size <= all.size(); size++) {
            assertThat(range.root())
                    .as("size %d", size)
                    .isEqualTo(definition(all.subList(0, size)));
            assertThat(range.size()).isEqualTo(size);
            if (size < all.size()) {
                range.add(Merkle.bytes(all.get(size)));
            }
        }
    }

    @Test
    void rootsOfRandomSizesAreThoseOfTheDefinition() {
        Random random = new Random(6962);
        List<Digest> all = leaves(3000);
        for (int i = 0; i < 20; i++) {
            List<Digest> some = all.subList(0, random.nextInt(all.size()));
            assertThat(Merkle.root(some)).isEqualTo(definition(some));
        }
    }

    @Test
    void eachInclusionProofLeadsToTheRootAndNoOtherDoes() {
        for (int size = 1; size <= 33; size++) {
            List<Digest> leaves = leaves(size);
            Digest root = Merkle.root(leaves);
            for (int at = 0; at < size; at++) {
                List<Digest> path = Merkle.inclusionProof(leaves, at);
                int place = at;
                int of = size;
                assertThat(Merkle.includes(leaves.get(at), at, size, path, root)).isTrue();
                assertThat(path.size()).isLessThanOrEqualTo(6);
                for (int other = 0; other < size; other++) {
                    if (other != at) {
                        assertThat(Merkle.includes(leaves.get(other), at, size, path, root))
                                .isFalse();
                        assertThat(Merkle.includes(leaves.get(at), other, size, path, root))
                                .isFalse();
                    }
                }
                requireEachChangeBreaks(
                        path,
                        changed -> Merkle.includes(leaves.get(place), place, of, changed, root));
            }
        }
    }

    @Test
    void eachConsistencyProofHoldsAndNoOtherDoes() {
        List<Digest> all = leaves(33);
        for (int size = 0; size <= all.size(); size++) {
            List<Digest> leaves = all.subList(0, size);
            Digest root = Merkle.root(leaves);
            for (int old = 1; old <= size; old++) {
                Digest oldRoot = Merkle.root(leaves.subList(0, old));
                List<Digest> proof = Merkle.consistencyProof(leaves, old);
                int from = old;
                int to = size;
                assertThat(Merkle.isConsistent(from, to, proof, oldRoot, root))
                        .as("%d to %d", old, size)
                        .isTrue();
                Digest wrong = Digest.of("wrong");
                assertThat(Merkle.isConsistent(from, to, proof, wrong, root)).isFalse();
                assertThat(Merkle.isConsistent(from, to, proof, oldRoot, wrong)).isFalse();
                requireEachChangeBreaks(
                        proof, changed -> Merkle.isConsistent(from, to, changed, oldRoot, root));
            }
        }
    }

    private interface Verifier {
        boolean accepts(List<Digest> proof);
    }

    private static void requireEachChangeBreaks(List<Digest> proof, Verifier verifier) {
        List<Digest> longer = new ArrayList<>(proof);
        longer.add(Digest.of("more"));
        assertThat(verifier.accepts(longer)).isFalse();
        for (int i = 0; i < proof.size(); i++) {
            List<Digest> changed = new ArrayList<>(proof);
            changed.set(i, Digest.of("changed"));
            assertThat(verifier.accepts(changed)).isFalse();
            changed.remove(i);
            assertThat(verifier.accepts(changed)).isFalse();
        }
    }

    @Test
    void impossibleSizesAreRefused() {
        List<Digest> leaves = leaves(3);
        Digest root = Merkle.root(leaves);
        assertThat(Merkle.includes(leaves.getFirst(), -1, 3, List.of(), root)).isFalse();
        assertThat(Merkle.includes(leaves.getFirst(), 3, 3, List.of(), root)).isFalse();
        assertThat(Merkle.includes(root, 0, 0, List.of(), root)).isFalse();
        assertThat(Merkle.isConsistent(4, 3, List.of(), root, root)).isFalse();
        assertThat(Merkle.isConsistent(-1, 3, List.of(), root, root)).isFalse();
        assertThatThrownBy(() -> Merkle.inclusionProof(leaves, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Merkle.consistencyProof(leaves, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Published vectors of transparency-dev/merkle: proofs that must be accepted and proofs that
    /// must not.
    @Test
    void publishedProofsAreJudgedAsPublished() throws IOException {
        Path folder = Corpora.path("provenance/merkle-rfc9162");
        int judged = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "{inclusion,consistency}__*")) {
            for (Path file : files) {
                JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
                boolean isWanted = !node.required("wantErr").booleanValue();
                assertThat(judge(node)).as("%s", file.getFileName()).isEqualTo(isWanted);
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(100);
    }

    private static boolean judge(JsonNode node) {
        List<Digest> proof = new ArrayList<>();
        for (JsonNode step : node.required("proof")) {
            byte[] bytes = Base64.getDecoder().decode(step.stringValue());
            if (bytes.length != 32) {
                return false;
            }
            proof.add(Merkle.digest(bytes));
        }
        if (node.has("leafIdx")) {
            return judgeInclusion(node, proof);
        }
        return Merkle.isConsistent(
                unsigned(node, "size1"),
                unsigned(node, "size2"),
                proof,
                digest(node, "root1"),
                digest(node, "root2"));
    }

    private static boolean judgeInclusion(JsonNode node, List<Digest> proof) {
        return !node.required("leafHash").stringValue("").isEmpty()
                && Merkle.includes(
                        digest(node, "leafHash"),
                        unsigned(node, "leafIdx"),
                        unsigned(node, "treeSize"),
                        proof,
                        digest(node, "root"));
    }

    /// Sizes are unsigned there; those beyond a long read as negative here, and are refused.
    private static long unsigned(JsonNode node, String key) {
        return node.required(key).bigIntegerValue().longValue();
    }

    /// Roots that have no 32 bytes stand there for wrong ones; so does the digest of them here.
    private static Digest digest(JsonNode node, String key) {
        JsonNode value = node.required(key);
        byte[] bytes =
                value.isString() ? Base64.getDecoder().decode(value.stringValue()) : new byte[0];
        return bytes.length == 32 ? Merkle.digest(bytes) : Digest.of(bytes);
    }
}
