package dev.bartizan.artifacts.rdata;

import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Walks one serialised R object (R sources, `src/main/serialize.c`, versions 2 and 3): which
/// functions are called by code in it, and whether that code is kept, or runs when a value is
/// touched.
final class RdsWalk {
    private static final int SYMBOL = 1;
    private static final int LIST = 2;
    private static final int CLOSURE = 3;
    private static final int ENVIRONMENT = 4;
    private static final int PROMISE = 5;
    private static final int CALL = 6;
    private static final int DOTS = 17;
    private static final int ATTRIBUTE_LIST = 239;
    private static final int ATTRIBUTE_CALL = 240;
    private static final int BYTECODE_REFERENCE = 243;
    private static final int BYTECODE_DEFINITION = 244;
    private static final int MISSING_ARGUMENT = 251;
    private static final int UNBOUND = 252;
    private static final int DEEPEST = 600;
    private static final int MOST_ITEMS = 20_000_000;

    private final RdsInput in;
    private final Consumer<Use> uses;
    private final List<String> references = new ArrayList<>();
    private String holder = "";
    private int items;

    /// Where code stands.
    enum Place {
        /// Data: a formula or a call that somebody kept.
        DATA,
        /// The body of a function.
        FUNCTION,
        /// A promise, evaluated when its value is touched (CVE-2024-27322).
        PROMISE,
        /// The code of a promise whose value is there: nothing evaluates it again.
        EVALUATED
    }

    /// How a name is used.
    enum Kind {
        /// As the function that is called.
        CALL,
        /// As a name in the code of a promise.
        SYMBOL,
        /// As a text.
        TEXT
    }

    /// A function called, a name or a text met.
    ///
    /// @param holder the name under which the function that it stands in is kept; may be empty
    /// @param name the function, or the text
    /// @param offset in the file
    record Use(Place place, Kind kind, String holder, String name, long offset) {}

    RdsWalk(RdsInput in, Consumer<Use> uses) {
        this.in = in;
        this.uses = uses;
    }

    /// Reads one object and returns the name when it is a symbol, else an empty text.
    String item(Place place, int depth) throws IOException, FormatException {
        long at = in.reader().position();
        int flags = in.i32();
        return item(flags, place, depth, at);
    }

    private String item(int flags, Place place, int depth, long at)
            throws IOException, FormatException {
        if (depth > DEEPEST || ++items > MOST_ITEMS) {
            throw FormatException.limit(at, "Objects too many or too deep in one another");
        }
        int type = flags & 0xff;
        boolean hasAttributes = (flags & 0x200) != 0;
        switch (type) {
            case SYMBOL -> {
                return named(place, symbol(at), at);
            }
            case LIST, CLOSURE, PROMISE, CALL, DOTS, ATTRIBUTE_LIST, ATTRIBUTE_CALL -> {
                pairs(flags, place, depth, at);
                return "";
            }
            case ENVIRONMENT -> environment(place, depth);
            case 7, 8 -> {
                return named(place, in.text(), at);
            }
            case 9 -> uses.accept(new Use(place, Kind.TEXT, holder, in.text(), at));
            case 10, 13 -> in.skip(in.length(), 4);
            case 14 -> in.skip(in.length(), 8);
            case 15 -> in.skip(in.length(), 16);
            case 16, 19, 20 -> vector(place, depth);
            case 21 -> bytecode(place, depth);
            case 22 -> {
                references.add("");
                item(place, depth + 1);
                item(place, depth + 1);
            }
            case 23 -> references.add("");
            case 24 -> in.skip(in.length(), 1);
            case 25 -> {}
            case 238 -> {
                item(place, depth + 1);
                item(place, depth + 1);
                item(place, depth + 1);
                return "";
            }
            case 241, 242, 250, 251, 252, 253, 254 -> {
                return "";
            }
            case 247, 248, 249 -> {
                names(depth);
                return "";
            }
            case 255 -> {
                return named(place, reference(flags, at), at);
            }
            default -> throw FormatException.broken(at, "No object of R has type " + type);
        }
        if (hasAttributes) {
            item(place, depth + 1);
        }
        return "";
    }

    private String named(Place place, String name, long at) {
        if (place == Place.PROMISE && !name.isEmpty()) {
            uses.accept(new Use(place, Kind.SYMBOL, holder, name, at));
        }
        return name;
    }

    private void called(Place place, String head, long at) {
        if (!head.isEmpty()) {
            uses.accept(new Use(place, Kind.CALL, holder, head, at));
        }
    }

    private String symbol(long at) throws IOException, FormatException {
        if ((in.i32() & 0xff) != 9) {
            throw FormatException.broken(at, "A symbol without name");
        }
        String name = in.text();
        references.add(name);
        return name;
    }

    private String reference(int flags, long at) throws IOException, FormatException {
        int packed = flags >>> 8;
        int index = packed == 0 ? in.i32() : packed;
        if (index < 1 || index > references.size()) {
            throw FormatException.broken(at, "A reference to object " + index);
        }
        return references.get(index - 1);
    }

    /// Persistent names, packages and namespaces: a zero, and texts.
    private void names(int depth) throws IOException, FormatException {
        in.i32();
        long count = in.length();
        references.add("");
        for (long i = 0; i < count; i++) {
            item(Place.DATA, depth + 1);
        }
    }

    private void vector(Place place, int depth) throws IOException, FormatException {
        long count = in.length();
        if (count > in.reader().remaining()) {
            throw FormatException.truncated(
                    in.reader().position(), count + " values promised, fewer bytes present");
        }
        for (long i = 0; i < count; i++) {
            item(place, depth + 1);
        }
    }

    private void environment(Place place, int depth) throws IOException, FormatException {
        in.i32();
        references.add("");
        for (int i = 0; i < 4; i++) {
            item(place, depth + 1);
        }
    }

    /// Cells, one behind another without going deeper.
    private void pairs(int firstFlags, Place outer, int depth, long firstAt)
            throws IOException, FormatException {
        int flags = firstFlags;
        long at = firstAt;
        while (true) {
            int type = flags & 0xff;
            Place place = placeOf(type, outer);
            boolean hasAttributes =
                    (flags & 0x200) != 0 || type == ATTRIBUTE_LIST || type == ATTRIBUTE_CALL;
            if (hasAttributes) {
                item(outer, depth + 1);
            }
            String tag = (flags & 0x400) != 0 ? item(outer, depth + 1) : "";
            long firstPart = in.reader().position();
            int first = in.i32();
            String outerHolder = holder;
            holder = type == LIST && (first & 0xff) == CLOSURE ? tag : holder;
            String head = item(first, type == PROMISE ? outer : place, depth + 1, firstPart);
            holder = outerHolder;
            if (type == CALL || type == ATTRIBUTE_CALL) {
                called(place, head, at);
            }
            at = in.reader().position();
            flags = in.i32();
            int next = flags & 0xff;
            boolean goesOn = type != CLOSURE && type != PROMISE && (next == LIST || next == DOTS);
            if (!goesOn) {
                item(flags, type == PROMISE ? placeOfCode(first, outer) : place, depth + 1, at);
                return;
            }
            if (++items > MOST_ITEMS) {
                throw FormatException.limit(at, "Too many objects");
            }
        }
    }

    private static Place placeOf(int type, Place outer) {
        boolean isInPromise = outer == Place.PROMISE || outer == Place.EVALUATED;
        return type == CLOSURE && !isInPromise ? Place.FUNCTION : outer;
    }

    /// @param value the type of a promise's value: it has none as long as nobody touched it
    private static Place placeOfCode(int value, Place outer) {
        int type = value & 0xff;
        boolean isOpen = type == UNBOUND || type == MISSING_ARGUMENT || outer == Place.PROMISE;
        return isOpen ? Place.PROMISE : Place.EVALUATED;
    }

    private void bytecode(Place place, int depth) throws IOException, FormatException {
        in.i32();
        bytecodeBody(place, depth);
    }

    private void bytecodeBody(Place place, int depth) throws IOException, FormatException {
        item(place, depth + 1);
        int constants = in.i32();
        for (int i = 0; i < constants; i++) {
            int type = in.i32();
            switch (type) {
                case 21 -> bytecodeBody(place, depth + 1);
                case CALL,
                        LIST,
                        BYTECODE_DEFINITION,
                        BYTECODE_REFERENCE,
                        ATTRIBUTE_CALL,
                        ATTRIBUTE_LIST ->
                        language(type, place, depth + 1);
                default -> item(place, depth + 1);
            }
        }
    }

    private void language(int firstType, Place place, int depth)
            throws IOException, FormatException {
        long at = in.reader().position();
        if (depth > DEEPEST || ++items > MOST_ITEMS) {
            throw FormatException.limit(at, "Code too deep");
        }
        int type = firstType;
        if (type == BYTECODE_REFERENCE) {
            in.i32();
            return;
        }
        if (type == BYTECODE_DEFINITION) {
            in.i32();
            type = in.i32();
        }
        boolean isCell =
                type == CALL || type == LIST || type == ATTRIBUTE_CALL || type == ATTRIBUTE_LIST;
        if (!isCell) {
            item(place, depth + 1);
            return;
        }
        if (type == ATTRIBUTE_CALL || type == ATTRIBUTE_LIST) {
            item(place, depth + 1);
        }
        item(place, depth + 1); // tag
        String head = part(place, depth);
        if (type == CALL || type == ATTRIBUTE_CALL) {
            called(place, head, at);
        }
        part(place, depth);
    }

    private String part(Place place, int depth) throws IOException, FormatException {
        int type = in.i32();
        boolean isLanguage =
                type == CALL
                        || type == LIST
                        || type == BYTECODE_DEFINITION
                        || type == BYTECODE_REFERENCE
                        || type == ATTRIBUTE_CALL
                        || type == ATTRIBUTE_LIST;
        if (isLanguage) {
            language(type, place, depth + 1);
            return "";
        }
        return item(place, depth + 1);
    }
}
