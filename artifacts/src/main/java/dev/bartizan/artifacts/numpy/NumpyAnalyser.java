package dev.bartizan.artifacts.numpy;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// NumPy `.npy` arrays (numpy, `lib/format.py`): a header in Python's notation and plain numbers,
/// or, for arrays of objects, a pickle.
public final class NumpyAnalyser implements FormatAnalyser {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_HEADER_BYTES = 1 << 20;
    private static final int MOST_ARRAYS = 100_000;
    private static final Rule BROKEN =
            Rule.structure("numpy-structure", "Have the array saved again.", "CWE-20");

    private static final List<String> KEYS = List.of("descr", "fortran_order", "shape");

    private static final Rule CODE =
            Rule.code("numpy-header-holds-code", "Do not load it.", "CWE-95");

    /// Made for the list of formats.
    public NumpyAnalyser() {}

    @Override
    public String format() {
        return "numpy";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.bytes().has(0, MAGIC);
    }

    /// A broken array of numbers fails to load and does nothing else.
    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        try {
            look(item, notes);
        } catch (FormatException e) {
            if (e.kind() == FormatException.Kind.UNSUPPORTED) {
                notes.notCovered(e.what());
            } else {
                notes.broken(BROKEN, Severity.LOW, e.offset(), e.what());
            }
        }
    }

    /// Every array of the file: NumPy writes several one behind another when it is asked to save
    /// into an open file.
    private static void look(Item item, Notes notes) throws IOException, FormatException {
        long at = 0;
        int arrays = 0;
        do {
            at = array(item, at, notes);
            if (++arrays > MOST_ARRAYS) {
                throw FormatException.limit(at, "More than " + MOST_ARRAYS + " arrays");
            }
        } while (at < item.bytes().size() && item.bytes().has(at, MAGIC));
        if (at < item.bytes().size()) {
            notes.broken(
                    BROKEN,
                    Severity.LOW,
                    at,
                    (item.bytes().size() - at) + " bytes stand behind the array");
        }
        notes.cover(0, item.bytes().size());
    }

    /// Reads the array that starts at an offset and returns where it ends.
    private static long array(Item item, long start, Notes notes)
            throws IOException, FormatException {
        ByteReader in = new ByteReader(item.bytes(), start + MAGIC.length);
        int major = in.u8();
        in.u8();
        if (major < 1 || major > 3) {
            throw FormatException.unsupported(start + 6, "NumPy arrays of version " + major);
        }
        long length = major == 1 ? in.u16() : in.u32();
        if (length > MOST_HEADER_BYTES) {
            throw FormatException.limit(start + 8, "A header of " + length + " bytes");
        }
        String header = new String(in.bytes((int) length), StandardCharsets.ISO_8859_1);
        notes.cover(start, in.position());
        if (!header.strip().startsWith("{") || !header.strip().endsWith("}")) {
            throw FormatException.broken(start + 8, "The header is no dictionary");
        }
        checkKeys(header, start + 10, notes);
        boolean holdsObjects = Pattern.compile("['\"][|<>=]?O[0-9]*['\"]").matcher(header).find();
        if (holdsObjects) {
            notes.member(
                    "objects",
                    item.bytes().slice(in.position(), in.remaining()),
                    in.position(),
                    item.bytes().size());
            return item.bytes().size();
        }
        long size = size(header, start + 10, in);
        long numbers = in.position();
        notes.cover(numbers, numbers + size);
        if (start == 0) { // and all behind it, where arrays may hide something across their borders
            HiddenFiles.look(
                    item.bytes().slice(numbers, item.bytes().size() - numbers), numbers, notes);
        }
        return numbers + size;
    }

    /// NumPy reads the header as a literal of exactly three keys; readers before 1.6 evaluated it.
    private static void checkKeys(String header, long at, Notes notes) throws FormatException {
        CodeInText.call(header)
                .or(() ->
                        Forms.CALL.matcher(header).find()
                                ? Optional.of(header.strip())
                                : Optional.empty())
                .ifPresent(call ->
                        notes.finding(
                                CODE,
                                Severity.HIGH,
                                at,
                                "The header holds a program, which readers that evaluate it run: "
                                        + call.substring(0, Math.min(120, call.length()))));
        for (String key : KEYS) {
            if (!header.contains("'" + key + "'") && !header.contains("\"" + key + "\"")) {
                throw FormatException.broken(at, "The header has no " + key);
            }
        }
        Matcher keys = Forms.KEY.matcher(header);
        Set<String> seen = new HashSet<>();
        while (keys.find()) {
            String key = keys.group(1);
            if (!KEYS.contains(key) || !seen.add(key)) {
                throw FormatException.broken(at, "A key that NumPy refuses: " + key);
            }
        }
    }

    /// How many bytes the numbers take: all that are left for a type of several fields, whose
    /// numbers are as plain.
    private static long size(String header, long at, ByteReader in) throws FormatException {
        Matcher shape = Forms.SHAPE.matcher(header);
        if (!shape.find()) {
            throw FormatException.broken(at, "The header has no shape");
        }
        long items = items(shape.group(1), at);
        Matcher descr = Forms.DESCR.matcher(header);
        if (!descr.find()) {
            if (!Forms.FIELDS.matcher(header).find()) {
                throw FormatException.broken(at, "The header has no type");
            }
            return in.remaining();
        }
        Matcher type = Forms.TYPE.matcher(descr.group(1));
        if (!type.matches()) {
            throw FormatException.broken(at, "The type \"" + descr.group(1) + "\" is unknown");
        }
        long size = type.group(2).isEmpty() ? 1 : Long.parseLong(type.group(2));
        long bytes;
        try {
            bytes =
                    Math.multiplyExact(
                            items,
                            "mM".contains(type.group(1))
                                    ? 8
                                    : type.group(1).equals("U") ? size * 4 : size);
        } catch (ArithmeticException e) {
            throw FormatException.broken(at, "An array larger than any file");
        }
        if (bytes > in.remaining()) {
            throw FormatException.truncated(
                    in.position(),
                    "The array needs " + bytes + " bytes, " + in.remaining() + " present");
        }
        return bytes;
    }

    private static long items(String shape, long at) throws FormatException {
        long items = 1;
        for (String axis : shape.split(",", -1)) {
            String plain = axis.strip().replaceFirst("L$", "");
            if (plain.isEmpty()) {
                continue;
            }
            if (!plain.matches("[0-9]{1,18}")) {
                throw FormatException.broken(at, "An axis of length " + plain);
            }
            try {
                items = Math.multiplyExact(items, Long.parseLong(plain));
            } catch (ArithmeticException e) {
                throw FormatException.broken(at, "An array larger than any file");
            }
        }
        return items;
    }

    /// Compiled when the first such file is met: the list of analysers is made at every start.
    private static final class Forms {
        static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
        static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^()]*+)\\)");
        static final Pattern TYPE =
                Pattern.compile("[<>|=]?([?bBiufcSaUVmM])([0-9]{0,9})(\\[[^\\]]*\\])?");
        static final Pattern KEY = Pattern.compile("[{,]\\s*['\"](\\w{1,80})['\"]\\s*:");
        static final Pattern FIELDS = Pattern.compile("['\"]descr['\"]\\s*:\\s*\\[");
        static final Pattern CALL = Pattern.compile("\\b(lambda\\b|__\\w+__|[A-Za-z_]\\w*\\s*\\()");

        private Forms() {}
    }
}
