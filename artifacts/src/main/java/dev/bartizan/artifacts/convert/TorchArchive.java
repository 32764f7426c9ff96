package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.Text;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.Tensor;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Weights in a zip archive: `NAME/data.pkl` with storages in `NAME/data/KEY` (PyTorch from version
/// 1.6 on), or arrays as `.npy` members (NumPy).
final class TorchArchive {
    private static final long MOST_MEMBER_BYTES = 64L << 30;
    private static final String PICKLE = "data.pkl";
    private static final String ARRAY = ".npy";

    private final ByteSource file;
    private final Opened opened;
    private final Map<String, ZipMember> members = new LinkedHashMap<>();
    private final Map<String, Tensor.Storage> storages = new HashMap<>();

    TorchArchive(ByteSource file, ZipArchive archive, Opened opened) {
        this.file = file;
        this.opened = opened;
        archive.members().stream()
                .filter(member -> !member.isFolder())
                .forEach(member -> members.put(member.name(), member));
    }

    /// Whether PyTorch wrote it.
    boolean isOne() {
        return pickles().size() == 1;
    }

    private List<String> pickles() {
        return members.keySet().stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .toList();
    }

    Node read() throws IOException, FormatException, Refused {
        String pickle = pickles().getFirst();
        String root = pickle.substring(0, pickle.length() - PICKLE.length());
        ByteOrder order = order(root);
        StorageSource source = (key, bytes) -> storage(root, key, bytes, order);
        ByteReader in = new ByteReader(content(pickle));
        Node node = new TensorPickle(in, new TensorCalls(source)).run();
        if (in.remaining() > 0) {
            throw new Refused("bytes stand behind the pickle " + pickle);
        }
        return node;
    }

    private ByteOrder order(String root) throws IOException, FormatException, Refused {
        if (!members.containsKey(root + "byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        byte[] word = content(root + "byteorder").bytes(0, 16);
        return switch (new String(word, StandardCharsets.US_ASCII)) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new Refused("its byte order is neither little nor big");
        };
    }

    private Tensor.Storage storage(String root, String key, long bytes, ByteOrder order)
            throws IOException, FormatException, Refused {
        Tensor.Storage known = storages.get(key);
        if (known == null) {
            known = new Tensor.Storage(content(root + "data/" + key), order);
            storages.put(key, known);
        }
        if (known.bytes().size() < bytes) {
            throw new Refused(
                    "storage \""
                            + key
                            + "\" has "
                            + known.bytes().size()
                            + " bytes, its tensors need "
                            + bytes);
        }
        return known;
    }

    /// Arrays by the names that `numpy.load` gives them.
    Node arrays() throws IOException, FormatException, Refused {
        List<Node> pairs = new ArrayList<>();
        for (String name : members.keySet()) {
            if (!name.endsWith(ARRAY)) {
                throw new Refused(
                        "the archive is neither PyTorch's nor NumPy's: \""
                                + name
                                + "\" is no array");
            }
            pairs.add(new Text(name.substring(0, name.length() - ARRAY.length())));
            pairs.add(new Node.Weights(NpyText.tensor(content(name))));
        }
        return Items.of(Items.Kind.DICT, pairs);
    }

    private ByteSource content(String name) throws IOException, FormatException, Refused {
        ZipMember member = members.get(name);
        if (member == null) {
            throw new Refused("the archive has no member \"" + name + "\"");
        }
        ZipContent content = ZipContent.open(file, member, MOST_MEMBER_BYTES);
        ByteSource bytes = opened.keep(content.bytes());
        Optional<String> problem = content.problem();
        if (problem.isPresent() || !content.isWhole()) {
            throw new Refused(
                    "member \"" + name + "\": " + problem.orElse("it could not be unpacked whole"));
        }
        return bytes;
    }
}
