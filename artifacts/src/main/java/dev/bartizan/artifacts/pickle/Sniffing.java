package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.List;

/// Whether bytes are a pickle. Protocols 2 and up say so; older ones are told by running the
/// machine a little way.
final class Sniffing {
    private static final int TRIED_BYTES = 1 << 20;
    private static final List<String> ENDINGS =
            List.of(".pkl", ".pickle", ".pck", ".pcl", ".dill", ".cloudpickle");
    private static final LazyPattern IDENTIFIER =
            LazyPattern.of("[\\p{L}_][\\p{L}\\p{N}_]*+(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*+)*+");

    private Sniffing() {}

    /// @param name a name that claims to be a pickle only makes the answer more ready to be yes
    static boolean isPickle(ByteSource bytes, String name) throws IOException {
        byte[] head = bytes.bytes(0, 2);
        if (head.length == 0) {
            return false;
        }
        boolean isClaimed = isClaimed(name);
        if (head.length == 2 && (head[0] & 0xff) == 0x80) {
            boolean isVersion = (head[1] & 0xff) <= Interpreter.HIGHEST_PROTOCOL;
            return isClaimed || (isVersion && startsWell(bytes));
        }
        boolean isZip =
                bytes.has(0, "PK\3\4"); // "P" alone would read as a persistent id up to a line end
        return !isZip && looksOld(bytes, isClaimed);
    }

    private static boolean isClaimed(String name) {
        for (String ending : ENDINGS) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWell(ByteSource bytes) throws IOException {
        Trial trial = new Trial();
        Interpreter interpreter =
                Interpreter.strict(new ByteReader(bytes.slice(0, TRIED_BYTES)), trial);
        try {
            interpreter.run();
            return true;
        } catch (FormatException e) {
            return e.kind() != FormatException.Kind.BROKEN
                    || interpreter.opcodes() > 3
                    || trial.imports > 0;
        }
    }

    /// Protocol 0 or 1: runs to the end and did more than one thing, or imports something with a
    /// proper name and then goes on.
    private static boolean looksOld(ByteSource bytes, boolean isClaimed) throws IOException {
        Trial trial = new Trial();
        Interpreter interpreter =
                Interpreter.strict(new ByteReader(bytes.slice(0, TRIED_BYTES)), trial);
        try {
            interpreter.run();
            boolean isWhole = interpreter.position() == bytes.size();
            return trial.hasPayload()
                    || (!trial.hasOddName
                            && (isWhole || trial.imports > 0 || interpreter.opcodes() >= 8));
        } catch (FormatException e) {
            boolean goesOn =
                    e.kind() == FormatException.Kind.TRUNCATED
                            && interpreter.opcodes() > 100
                            && bytes.size() > TRIED_BYTES;
            return trial.hasPayload()
                    || goesOn
                    || (isClaimed && (interpreter.opcodes() > 4 || trial.imports > 0));
        }
    }

    /// Whether bytes that should be plain numbers are a pickle after all: they run to the end, or
    /// call something.
    static boolean isPickleAmongNumbers(ByteSource bytes) throws IOException {
        Trial trial = new Trial();
        try {
            Interpreter.strict(new ByteReader(bytes.slice(0, TRIED_BYTES)), trial).run();
        } catch (FormatException e) {
            return trial.calls > 0 && !trial.hasOddName;
        }
        return trial.imports > 0 && !trial.hasOddName;
    }

    private static final class Trial implements PickleEvents {
        private int imports;
        private int calls;
        private int properNames;
        private boolean hasOddName;

        /// Something properly named is imported, and something is called: no text does that.
        boolean hasPayload() {
            return properNames > 0 && calls > 0;
        }

        @Override
        public void imported(Imported name) {
            imports++;
            boolean isProper =
                    IDENTIFIER.matcher(name.module()).matches()
                            && IDENTIFIER.matcher(name.name()).matches();
            hasOddName |= !isProper;
            properNames += isProper ? 1 : 0;
        }

        @Override
        public void called(Made made, Value result) {
            calls++;
        }

        @Override
        public void stateSet(Value object, Value state, long offset) {}

        @Override
        public void itemsPut(Value object, String method, long offset) {}

        @Override
        public void persistent(Value id, long offset) {}

        @Override
        public void extension(long code, long offset) {}

        @Override
        public void data(Value value, long offset) {}

        @Override
        public void named(String key, Value value, long offset) {}

        @Override
        public void odd(long offset, String message) {}

        @Override
        public void broken(long offset, String message) {}
    }
}
