package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Element;
import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.Name;
import dev.bartizan.artifacts.convert.Node.Scalar;
import dev.bartizan.artifacts.convert.Node.Store;
import dev.bartizan.artifacts.convert.Node.Weights;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.ElementType;
import dev.bartizan.formats.weights.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Answers the functions that PyTorch writes tensors with (pytorch/pytorch, `torch/_utils.py`).
final class TorchTensors {
    private static final int REQUIRED_V2 = 6;

    private TorchTensors() {}

    static Node call(Name name, List<Node> arguments) throws FormatException, Refused {
        return switch (name.name()) {
            case "_rebuild_tensor" -> tensor(arguments, typeOf(arguments));
            case "_rebuild_tensor_v2" -> version2(arguments);
            case "_rebuild_tensor_v3" -> version3(arguments);
            case "_rebuild_parameter" -> parameter(arguments);
            default -> subclass(arguments);
        };
    }

    private static Node version2(List<Node> arguments) throws FormatException, Refused {
        checkHooks(arguments);
        if (arguments.size() > REQUIRED_V2) {
            checkFlags(arguments.get(REQUIRED_V2));
        }
        return tensor(arguments, typeOf(arguments));
    }

    /// The type stands behind the hooks, for storages that have none.
    private static Node version3(List<Node> arguments) throws FormatException, Refused {
        checkHooks(arguments);
        if (arguments.size() <= REQUIRED_V2
                || !(arguments.get(REQUIRED_V2) instanceof Element type)) {
            throw new Refused("a tensor is of a type that is not known");
        }
        if (arguments.size() > REQUIRED_V2 + 1) {
            checkFlags(arguments.get(REQUIRED_V2 + 1));
        }
        return tensor(arguments, type.type());
    }

    private static ElementType typeOf(List<Node> arguments) throws Refused {
        if (arguments.isEmpty()
                || !(arguments.getFirst() instanceof Store store)
                || store.type().isEmpty()) {
            throw new Refused("a tensor is rebuilt on something that is no typed storage");
        }
        return store.type().get();
    }

    private static Node tensor(List<Node> arguments, ElementType type)
            throws FormatException, Refused {
        if (arguments.size() < 4 || !(arguments.get(0) instanceof Store store)) {
            throw new Refused("a tensor is rebuilt with too few arguments");
        }
        return new Weights(
                new Tensor(
                                type,
                                wholes(arguments.get(2)),
                                wholes(arguments.get(3)),
                                whole(arguments.get(1)),
                                store.storage())
                        .checked());
    }

    private static Node parameter(List<Node> arguments) throws Refused {
        boolean isPlain =
                arguments.size() == 3
                        && arguments.get(0) instanceof Weights
                        && arguments.get(2) instanceof Items hooks
                        && hooks.all().isEmpty();
        if (!isPlain) {
            throw new Refused("a parameter carries more than a tensor");
        }
        return arguments.getFirst();
    }

    /// `(function, type, arguments, state)`: a tensor with attributes, or of a class of its own.
    private static Node subclass(List<Node> arguments) throws FormatException, Refused {
        boolean isPlain =
                arguments.size() == 4
                        && arguments.get(0) instanceof Name
                        && arguments.get(1) instanceof Name type
                        && (type.name().equals("Tensor") || type.name().equals("Parameter"))
                        && arguments.get(2) instanceof Items
                        && isEmpty(arguments.get(3));
        if (!isPlain) {
            throw new Refused(
                    "a tensor is of a class of its own or has attributes that would be lost");
        }
        Name function = (Name) arguments.get(0);
        boolean isRebuild =
                function.module().equals("torch._utils") && function.name().startsWith("_rebuild_");
        if (!isRebuild) {
            throw new Refused("a tensor is rebuilt by " + function.dotted());
        }
        return call(function, ((Items) arguments.get(2)).all());
    }

    private static void checkHooks(List<Node> arguments) throws Refused {
        if (arguments.size() < REQUIRED_V2 || !isEmpty(arguments.get(REQUIRED_V2 - 1))) {
            throw new Refused("a tensor carries backward hooks, which are code");
        }
    }

    /// Conjugated and negated views store other numbers than they show.
    private static void checkFlags(Node flags) throws Refused {
        if (!isEmpty(flags)) {
            throw new Refused(
                    "a tensor is a conjugated or negated view, or has metadata of its own");
        }
    }

    private static boolean isEmpty(Node node) {
        return node.equals(Scalar.NONE) || (node instanceof Items items && items.all().isEmpty());
    }

    private static List<Long> wholes(Node node) throws Refused {
        if (!(node instanceof Items items) || items.all().size() > 64) {
            throw new Refused("a shape or strides are no short tuple");
        }
        List<Long> all = new ArrayList<>();
        for (Node item : items.all()) {
            all.add(whole(item));
        }
        return all;
    }

    static long whole(Node node) throws Refused {
        if (node instanceof Scalar scalar && scalar.value() instanceof Long value) {
            return value;
        }
        throw new Refused("a size is " + node.described() + ", not a whole number");
    }

    static long times(long count, long bytes) throws Refused {
        if (count < 0 || count > Long.MAX_VALUE / bytes) {
            throw new Refused("a storage of " + count + " elements");
        }
        return count * bytes;
    }
}
