package dev.bartizan.artifacts.spi;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing to look at: a file, or a member of one. One thread looks at it at a time.
public final class Item {
    private final String path;
    private final ByteSource bytes;
    private final Optional<Path> file;
    private final int depth;
    private final Role role;
    private @Nullable String name;
    private @Nullable String text;
    private boolean isTextKept;
    private @Nullable SoftReference<String> longText;
    private boolean isPlaceAsked;

    /// What a container uses a member for.
    public enum Role {
        /// Anything.
        ANY,
        /// Plain numbers that no loader interprets.
        NUMBERS,
        /// A value of a table: data, but for files of formats that are known.
        VALUE
    }

    /// How an item becomes text.
    @FunctionalInterface
    public interface Decoding {
        /// The text of the item; empty when it is none.
        Optional<String> decode(Item item) throws IOException;
    }

    /// @param path as shown to people: the argument as typed, `/`, the rest; `outer.zip!inner`
    ///   inside archives
    /// @param bytes its bytes
    /// @param file where it lies, when it is a file of its own
    /// @param depth how many containers it lies in
    /// @param role what it is used for by the container around it
    public Item(String path, ByteSource bytes, Optional<Path> file, int depth, Role role) {
        this.path = path;
        this.bytes = bytes;
        this.file = file;
        this.depth = depth;
        this.role = role;
    }

    /// The first bytes of it, as an item of the same name.
    public Item start(long bytes) {
        return new Item(path, this.bytes.slice(0, bytes), Optional.empty(), depth, role);
    }

    /// What people are shown; where a file lies decides nothing that is said of it.
    public String path() {
        return path;
    }

    /// Its bytes.
    public ByteSource bytes() {
        return bytes;
    }

    /// Where it lies, when it is a file of its own. Asking makes what is said of it depend on the
    /// files around it, so that it is not kept for the next scan.
    public Optional<Path> file() {
        isPlaceAsked = true;
        return file;
    }

    /// Whether anybody asked where it lies.
    public boolean isPlaceAsked() {
        return isPlaceAsked;
    }

    /// How many containers it lies in.
    public int depth() {
        return depth;
    }

    /// What it is used for by the container around it.
    public Role role() {
        return role;
    }

    /// The last part of the path, lower case; never decides what a file is.
    public String name() {
        String known = name;
        if (known == null) {
            int start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1;
            known = path.substring(start).toLowerCase(Locale.ROOT);
            name = known;
        }
        return known;
    }

    /// Whether the name ends in one of these, with something before it or nothing.
    public boolean hasEnding(String... endings) {
        for (String ending : endings) {
            if (name().endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /// The first bytes, at most `length`.
    public byte[] head(int length) throws IOException {
        return bytes.bytes(0, length);
    }

    /// Its text, decoded once: several readers ask for it in turn.
    ///
    /// @param longestKept longest item in bytes whose text is kept; that of longer ones is while
    ///   memory is not short
    public Optional<String> text(int longestKept, Decoding decoding) throws IOException {
        if (isTextKept) {
            return Optional.ofNullable(text);
        }
        String known = longText == null ? null : longText.get();
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> decoded = decoding.decode(this);
        if (bytes.size() <= longestKept || decoded.isEmpty()) {
            text = decoded.orElse(null);
            isTextKept = true;
        } else {
            longText = new SoftReference<>(decoded.get());
        }
        return decoded;
    }
}
