package dev.bartizan.artifacts.convert;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.weights.ElementType;
import dev.bartizan.formats.weights.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that a pickle of weights builds.
sealed interface Node {
    /// None, truth values, whole numbers that fit, floats.
    record Scalar(@Nullable Object value, String shown) implements Node {
        static final Scalar NONE = new Scalar(null, "None");

        static Scalar of(Object value) {
            return new Scalar(value, value.toString());
        }
    }

    /// Text.
    record Text(String value) implements Node {}

    /// Bytes, left where they stand.
    record Bytes(ByteSource bytes) implements Node {}

    /// A name fetched from a module.
    record Name(String module, String name) implements Node {
        String dotted() {
            return module + "." + name;
        }
    }

    /// A tuple, list, set or dictionary (keys and values in turn).
    record Items(Kind kind, ArrayList<Node> all) implements Node {
        enum Kind {
            TUPLE,
            LIST,
            SET,
            DICT
        }

        static Items of(Kind kind, List<Node> items) {
            return new Items(kind, new ArrayList<>(items));
        }

        /// The value under a text key.
        Optional<Node> entry(String key) {
            for (int i = 0; kind == Kind.DICT && i + 1 < all.size(); i += 2) {
                if (all.get(i) instanceof Text text && text.value().equals(key)) {
                    return Optional.of(all.get(i + 1));
                }
            }
            return Optional.empty();
        }
    }

    /// Stored bytes that tensors are views on.
    ///
    /// @param type of the elements, when the storage has one
    record Store(Tensor.Storage storage, Optional<ElementType> type) implements Node {}

    /// A tensor.
    record Weights(Tensor tensor) implements Node {}

    /// A PyTorch element type.
    record Element(ElementType type) implements Node {}

    /// A NumPy element type.
    final class NumpyType implements Node {
        final String code;
        boolean isBigEndian;

        NumpyType(String code) {
            this.code = code;
        }
    }

    /// A NumPy array that `BUILD` fills, or joblib's bytes do.
    final class Array implements Node {
        @Nullable Tensor tensor;
        final boolean isJoblib;

        Array(boolean isJoblib) {
            this.isJoblib = isJoblib;
        }
    }

    /// What kind of thing it is, for people.
    default String described() {
        return switch (this) {
            case Scalar scalar -> scalar.shown();
            case Text _ -> "text";
            case Bytes _ -> "bytes";
            case Name name -> "the callable " + name.dotted();
            case Items items -> "a " + items.kind().name().toLowerCase(java.util.Locale.ROOT);
            case Store _ -> "a storage without a tensor";
            case Weights _ -> "a tensor";
            case Element type -> "the type " + type.type().word();
            case NumpyType _ -> "an element type";
            case Array _ -> "an array";
        };
    }
}
