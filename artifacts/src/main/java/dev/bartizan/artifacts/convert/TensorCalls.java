package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Array;
import dev.bartizan.artifacts.convert.Node.Bytes;
import dev.bartizan.artifacts.convert.Node.Element;
import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.Name;
import dev.bartizan.artifacts.convert.Node.NumpyType;
import dev.bartizan.artifacts.convert.Node.Store;
import dev.bartizan.artifacts.convert.Node.Text;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.ElementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The callables that weights are built of, each answered by what it would build. Nothing else has
/// a meaning here.
final class TensorCalls {
    private static final String JOBLIB = "joblib.numpy_pickle.NumpyArrayWrapper";
    private static final Set<String> PLAIN_GROUPS =
            Set.of("collections.OrderedDict", "builtins.dict", "__builtin__.dict");
    private static final Set<String> RECONSTRUCT =
            Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct");
    private static final Set<String> SCALAR =
            Set.of("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar");
    private static final Set<String> FROM_BUFFER =
            Set.of("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer");
    private static final Set<String> TORCH =
            Set.of(
                    "torch._utils._rebuild_tensor",
                    "torch._utils._rebuild_tensor_v2",
                    "torch._utils._rebuild_tensor_v3",
                    "torch._utils._rebuild_parameter",
                    "torch._tensor._rebuild_from_type_v2");

    private final StorageSource storages;

    TensorCalls(StorageSource storages) {
        this.storages = storages;
    }

    /// What a name stands for.
    Node name(String module, String name) throws Refused {
        Name whole = new Name(module, name);
        Optional<ElementType> type =
                module.equals("torch") ? ElementType.torch(name) : Optional.empty();
        if (type.isPresent()) {
            return new Element(type.get());
        }
        if (!isKnown(whole)) {
            throw new Refused(
                    "it calls or names " + whole.dotted() + ", which is no part of a tensor");
        }
        return whole;
    }

    private static boolean isKnown(Name name) {
        String dotted = name.dotted();
        boolean isStorage =
                (name.module().equals("torch") && ElementType.torchStorage(name.name()).isPresent())
                        || dotted.equals("torch.storage.UntypedStorage");
        boolean isType =
                dotted.equals("torch._tensor.Tensor")
                        || dotted.equals("torch.Tensor")
                        || dotted.equals("torch.nn.parameter.Parameter");
        boolean isNumpy = dotted.equals("numpy.ndarray") || dotted.equals("numpy.dtype");
        return isStorage
                || isType
                || isNumpy
                || TORCH.contains(dotted)
                || PLAIN_GROUPS.contains(dotted)
                || RECONSTRUCT.contains(dotted)
                || SCALAR.contains(dotted)
                || FROM_BUFFER.contains(dotted)
                || dotted.equals("torch.Size")
                || dotted.equals("_codecs.encode")
                || dotted.equals(JOBLIB);
    }

    /// What a persistent id stands for: `('storage', type, key, location, count)`, in old files
    /// with a view behind.
    Node persistent(Node id) throws IOException, FormatException, Refused {
        List<Node> parts = id instanceof Items items ? items.all() : List.of();
        boolean isStorage =
                parts.size() >= 5
                        && parts.get(0) instanceof Text tag
                        && tag.value().equals("storage")
                        && parts.get(2) instanceof Text;
        if (!isStorage) {
            throw new Refused("it asks the loading program for something that is no storage");
        }
        if (parts.size() > 5 && parts.get(5) instanceof Items) {
            throw new Refused("a storage is a view on another, as very old files have it");
        }
        Optional<ElementType> type = storageType(parts.get(1));
        long count = TorchTensors.whole(parts.get(4));
        long bytes = TorchTensors.times(count, type.map(ElementType::bytes).orElse(1));
        return new Store(storages.storage(((Text) parts.get(2)).value(), bytes), type);
    }

    private static Optional<ElementType> storageType(Node node) throws Refused {
        if (node instanceof Name name && name.module().equals("torch")) {
            return ElementType.torchStorage(name.name());
        }
        if (node instanceof Name name && name.name().equals("UntypedStorage")) {
            return Optional.empty();
        }
        throw new Refused("a storage is of a type that is not known: " + node.described());
    }

    /// What a call builds.
    Node call(Name name, List<Node> arguments) throws IOException, FormatException, Refused {
        String dotted = name.dotted();
        if (TORCH.contains(dotted)) {
            return TorchTensors.call(name, arguments);
        }
        if (PLAIN_GROUPS.contains(dotted)) {
            return group(dotted, arguments);
        }
        if (RECONSTRUCT.contains(dotted) || dotted.equals("numpy.ndarray")) {
            return new Array(false);
        }
        if (dotted.equals(JOBLIB) && arguments.isEmpty()) {
            return new Array(true);
        }
        if (dotted.equals("numpy.dtype")
                && !arguments.isEmpty()
                && arguments.getFirst() instanceof Text code) {
            return new NumpyType(code.value());
        }
        if (FROM_BUFFER.contains(dotted)) {
            return NumpyArrays.fromBuffer(arguments);
        }
        if (SCALAR.contains(dotted)) {
            return NumpyArrays.scalar(arguments);
        }
        if (dotted.equals("torch.Size")
                && arguments.size() == 1
                && arguments.getFirst() instanceof Items) {
            return arguments.getFirst();
        }
        if (dotted.equals("_codecs.encode")) {
            return encoded(arguments);
        }
        throw new Refused("it calls " + dotted + " in a way that builds no tensor");
    }

    private static Node group(String dotted, List<Node> arguments) throws Refused {
        if (arguments.isEmpty()) {
            return Items.of(Items.Kind.DICT, List.of());
        }
        boolean isPairs = arguments.size() == 1 && arguments.getFirst() instanceof Items;
        if (!isPairs) {
            throw new Refused("it calls " + dotted + " with arguments that are no pairs");
        }
        Items result = Items.of(Items.Kind.DICT, List.of());
        for (Node pair : ((Items) arguments.getFirst()).all()) {
            if (!(pair instanceof Items two) || two.all().size() != 2) {
                throw new Refused("it calls " + dotted + " with arguments that are no pairs");
            }
            result.all().addAll(two.all());
        }
        return result;
    }

    /// Bytes the way protocols before 3 write them: text in Latin-1.
    private static Node encoded(List<Node> arguments) throws Refused {
        boolean isLatin =
                arguments.size() == 2
                        && arguments.get(0) instanceof Text
                        && arguments.get(1) instanceof Text codec
                        && Set.of("latin1", "latin-1", "iso-8859-1").contains(codec.value());
        if (!isLatin) {
            throw new Refused("it encodes text in another way than bytes are written");
        }
        String text = ((Text) arguments.get(0)).value();
        if (text.chars().anyMatch(c -> c > 0xff)) {
            throw new Refused("it encodes text that Latin-1 cannot");
        }
        return new Bytes(ByteSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Gives an object its state; array bytes of joblib follow in the stream.
    void build(Node object, Node state, ByteReader in)
            throws IOException, FormatException, Refused {
        switch (object) {
            case Array array when array.isJoblib -> NumpyArrays.readInline(array, state, in);
            case Array array -> NumpyArrays.fill(array, state);
            case NumpyType type -> NumpyArrays.order(type, state);
            case Items items when items.kind() == Items.Kind.DICT -> checkAttributes(state);
            default -> throw new Refused("it sets the state of " + object.described());
        }
    }

    /// A state dictionary carries its modules' version numbers as the attribute `_metadata`.
    private static void checkAttributes(Node state) throws Refused {
        boolean isVersions =
                state instanceof Items items
                        && items.kind() == Items.Kind.DICT
                        && (items.all().isEmpty()
                                || (items.all().size() == 2
                                        && items.entry("_metadata").isPresent()));
        if (!isVersions) {
            throw new Refused("a dictionary has attributes that would be lost");
        }
    }
}
