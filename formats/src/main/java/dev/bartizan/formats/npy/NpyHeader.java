package dev.bartizan.formats.npy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The header of an array: a Python dictionary literal with `descr`, `fortran_order` and `shape`.
/// Only these literals are read; nothing is evaluated.
record NpyHeader(NpyType type, boolean isBigEndian, boolean isFortran, List<Integer> shape) {
    private static final int MAX_RANK = 32;
    private static final int MAX_DIGITS = 10;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    long elements() {
        long product = 1;
        for (int dim : shape) {
            product *= dim;
        }
        return product;
    }

    static NpyHeader parse(String text) throws NpyFormatException {
        return new Parser(text).header();
    }

    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        NpyHeader header() throws NpyFormatException {
            String descr = null;
            Boolean isFortran = null;
            List<Integer> shape = null;
            Set<String> seen = new HashSet<>();
            expect('{');
            while (!accept('}')) {
                String key = quoted();
                if (!seen.add(key)) {
                    throw broken("\"" + key + "\" stands twice");
                }
                expect(':');
                switch (key) {
                    case "descr" -> descr = descr();
                    case "fortran_order" -> isFortran = truth();
                    case "shape" -> shape = shape();
                    default -> throw broken("\"" + key + "\" is no key of a .npy header");
                }
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            peek();
            if (position < text.length()) {
                throw broken("something follows the dictionary");
            }
            return result(descr, isFortran, shape);
        }

        private NpyHeader result(
                @Nullable String descr, @Nullable Boolean isFortran, @Nullable List<Integer> shape)
                throws NpyFormatException {
            if (descr == null || isFortran == null || shape == null) {
                throw broken("one of descr, fortran_order, shape is missing");
            }
            checkSize(shape);
            NpyType type = type(descr);
            return new NpyHeader(type, descr.startsWith(">") && type.bytes() > 1, isFortran, shape);
        }

        private void checkSize(List<Integer> shape) throws NpyFormatException {
            long product = 1;
            for (int dim : shape) {
                product *= Math.max(1, dim);
                if (product > Integer.MAX_VALUE) {
                    throw broken("shape " + shape + " has too many elements");
                }
            }
        }

        private NpyType type(String descr) throws NpyFormatException {
            if (descr.contains("O")) {
                throw new NpyFormatException(
                        "An array of Python objects (descr \""
                                + descr
                                + "\") is a pickle, and"
                                + " loading it can run code; it is not read. Save numbers only.");
            }
            char order = descr.isEmpty() ? 0 : descr.charAt(0);
            String code = "<>|=".indexOf(order) >= 0 ? descr.substring(1) : descr;
            return NpyType.coded(code)
                    .orElseThrow(() ->
                            new NpyFormatException(
                                    "Elements of type \""
                                            + descr
                                            + "\" are not taken; use"
                                            + " float32, float64, int32, int64, uint8 or"
                                            + " bool (array.astype)"));
        }

        private String descr() throws NpyFormatException {
            if (peek() == '[') {
                throw new NpyFormatException(
                        "Structured arrays are not taken; save a plain array of numbers");
            }
            return quoted();
        }

        private boolean truth() throws NpyFormatException {
            for (boolean value : new boolean[] {true, false}) {
                String word = value ? "True" : "False";
                peek();
                if (text.startsWith(word, position)) {
                    position += word.length();
                    return value;
                }
            }
            throw broken("fortran_order is neither True nor False");
        }

        private List<Integer> shape() throws NpyFormatException {
            List<Integer> dims = new ArrayList<>();
            expect('(');
            while (!accept(')')) {
                if (dims.size() == MAX_RANK) {
                    throw broken("more than " + MAX_RANK + " dimensions");
                }
                dims.add(dimension());
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return dims;
        }

        private int dimension() throws NpyFormatException {
            peek();
            int start = position;
            while (position < text.length() && Character.digit(text.charAt(position), 10) >= 0) {
                position++;
            }
            String digits = text.substring(start, position);
            accept('L');
            if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
                throw broken("a dimension is no number");
            }
            long value = Long.parseLong(digits);
            if (value > Integer.MAX_VALUE) {
                throw broken("a dimension of " + value + " is too large");
            }
            return (int) value;
        }

        private String quoted() throws NpyFormatException {
            char quote = peek();
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
            if (end < 0) {
                throw broken("a text in quotes is expected");
            }
            String content = text.substring(position + 1, end);
            position = end + 1;
            return content;
        }

        private char peek() {
            while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
            return position < text.length() ? text.charAt(position) : 0;
        }

        private boolean accept(char wanted) {
            if (peek() != wanted) {
                return false;
            }
            position++;
            return true;
        }

        private void expect(char wanted) throws NpyFormatException {
            if (!accept(wanted)) {
                throw broken("'" + wanted + "' is expected");
            }
        }

        private NpyFormatException broken(String what) {
            return new NpyFormatException(
                    "The .npy header is broken at character " + position + ": " + what);
        }
    }
}
