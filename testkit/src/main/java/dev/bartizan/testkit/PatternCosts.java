package dev.bartizan.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds patterns that a text can make backtrack for long. Every pattern that a class of a module
/// keeps in a static field, also within lists, maps and records, is tried on texts that repeat one
/// piece, pieces of the pattern itself among them. What it costs is counted in characters looked
/// at, not in time, so that the answer is the same on every machine.
public final class PatternCosts {
    /// Characters of the first text; where it is dear, longer ones are tried.
    private static final int LENGTH = 1_000;

    private static final int LONGEST = 8_000;

    /// A stack that suffices for a pattern that does not recurse once for each character.
    private static final long STACK_BYTES = 128 << 10;

    /// Where it did not suffice, the stack and the text of a second try: a recursion with a bound
    /// of its own comes to its end there, whatever of it was compiled.
    private static final long LARGE_STACK_BYTES = 4 * STACK_BYTES;

    private static final int LARGE_LENGTH = 32 * LENGTH;

    /// Looks at each character that are too many, whatever the length.
    private static final int DEAREST = 1_000;

    /// Looks at each character below which growth does not matter.
    private static final int CHEAP = 40;

    /// Twice the text may cost so much more.
    private static final double GROWTH = 2.6;

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern INLINE =
            Pattern.compile(
                    "\\.(matches|replaceAll|replaceFirst|split)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*+\"\\s*\\+?\\s*)++)[,)]");

    private static final List<String> PIECES =
            List.of(
                    "\n", " ", "\t", "\r\n", "\n ", " \n", "a", "A", "0", "_", "-", ".", "/", "\\",
                    "\"", "'", "(", ")", "[", "]", "{", "}", "<", ">", "=", ":", ";", ",", "#", "%",
                    "$", "@", "!", "?", "*", "+", "|", "&", "`", "~", "^", "a ", "a.", "a\n", "a=",
                    "a:", "a,", "a(", "a-", "a_", "/a", "./", "../", "- ", "{{", "# ", "//", "\\n",
                    "é", "%a", "${", "a=a ", "http://", "\n- ", "\n# ", "\n  a", "\na:", "a b ");
    private static final List<String> TAILS =
            List.of(
                    "\n", " ", "a", "0", "a ", "a.", "a,", "-", "/", "\"", "(", "a=", "\n ", "a/",
                    ".a", " a", ",a");

    private final Path sources;
    private final Map<String, Pattern> patterns = new TreeMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private PatternCosts(Path sources) {
        this.sources = sources;
    }

    /// A pattern that is too dear on a text.
    ///
    /// @param where class and field
    /// @param text what it starts with and repeats
    /// @param looks at characters; negative when the stack did not suffice
    public record Dear(String where, String pattern, String text, long looks) {}

    /// The patterns of the module that a class belongs to.
    ///
    /// @param sources the folder of the module's sources, which tell how patterns are used
    public static PatternCosts of(Class<?> member, Path sources) {
        PatternCosts costs = new PatternCosts(sources);
        try {
            costs.addInline();
            Path from = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(from)) {
                costs.add(from, member.getClassLoader());
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(from)) {
                    costs.add(jar.getPath("/"), member.getClassLoader());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return costs;
    }

    /// The patterns by class and field.
    public Map<String, Pattern> patterns() {
        return Collections.unmodifiableMap(patterns);
    }

    /// How many patterns there are.
    public int size() {
        return patterns.size();
    }

    /// On what text a search for the pattern is too dear, if there is one.
    public static Optional<Dear> dear(Pattern pattern) {
        PatternCosts alone = new PatternCosts(Path.of(""));
        alone.patterns.put("", pattern);
        return alone.dear().stream().findFirst();
    }

    /// Those that are too dear, each with the dearest text.
    public List<Dear> dear() {
        ThreadFactory small = task -> new Thread(null, task, "patterns", STACK_BYTES);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads, small)) {
            List<Future<List<Dear>>> all = new ArrayList<>();
            patterns.forEach((where, pattern) ->
                    all.add(workers.submit(() -> dear(where, pattern, uses(where)))));
            List<Dear> dear = new ArrayList<>();
            for (Future<List<Dear>> one : all) {
                dear.addAll(one.get());
            }
            return dear;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Dear> dear(String where, Pattern pattern, Set<Use> uses) {
        PatternSamples samples = PatternSamples.of(pattern);
        Set<String> tails = new LinkedHashSet<>(TAILS);
        tails.addAll(samples.repeated());
        List<Dear> found = new ArrayList<>();
        for (String piece : PIECES) {
            dear(where, pattern, uses, "", piece, found);
        }
        for (String sample : samples.beginnings()) {
            for (String after : List.of("", " ", "\n", "a", "=\"")) {
                dear(where, pattern, uses, "", sample + after, found);
            }
            for (String piece : tails) {
                dear(where, pattern, uses, sample, piece, found);
            }
        }
        return found.stream()
                .max((one, other) -> Long.compare(weight(one), weight(other)))
                .map(List::of)
                .orElse(List.of());
    }

    private static long weight(Dear dear) {
        return dear.looks() < 0 ? Long.MAX_VALUE : dear.looks();
    }

    private static void dear(
            String where,
            Pattern pattern,
            Set<Use> uses,
            String start,
            String piece,
            List<Dear> found) {
        long before = Long.MAX_VALUE;
        for (int length = LENGTH; length <= LONGEST; length *= 2) {
            String text = text(start, piece, length);
            long looks = looks(pattern, uses, text, (long) DEAREST * length);
            if (looks < 0) {
                length = LARGE_LENGTH;
                looks = looksWithLargeStack(pattern, uses, text(start, piece, length));
            }
            boolean isDear = looks < 0 || looks > (long) DEAREST * length;
            if (isDear || (length == LONGEST && looks > GROWTH * before)) {
                found.add(new Dear(where, pattern.pattern(), start + "|" + piece, looks));
            }
            if (isDear
                    || looks < (long) CHEAP * length
                    || (length > LENGTH && looks <= GROWTH * before)) {
                return;
            }
            before = looks;
        }
    }

    private static String text(String start, String piece, int length) {
        return start + piece.repeat(Math.max(1, length / piece.length()));
    }

    private static long looksWithLargeStack(Pattern pattern, Set<Use> uses, String text) {
        AtomicLong looks = new AtomicLong();
        Runnable task = () -> looks.set(looks(pattern, uses, text, (long) DEAREST * LARGE_LENGTH));
        Thread thread = new Thread(null, task, "pattern with a large stack", LARGE_STACK_BYTES);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return looks.get();
    }

    private enum Use {
        FIND,
        LOOKING_AT,
        MATCHES
    }

    private static long looks(Pattern pattern, Set<Use> uses, String text, long most) {
        Counted counted = new Counted(text, most);
        try {
            for (Use use : uses) {
                Matcher matcher = pattern.matcher(counted);
                switch (use) {
                    case MATCHES -> matcher.matches();
                    case LOOKING_AT -> matcher.lookingAt();
                    case FIND -> {
                        while (matcher.find()) {
                            // to the end
                        }
                    }
                }
            }
        } catch (TooDear e) {
            return counted.looks;
        } catch (StackOverflowError e) {
            return -1;
        }
        return counted.looks;
    }

    private static final class TooDear extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooDear() {
            super("", null, false, false);
        }
    }

    /// A text that counts who looks at it.
    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long looks;

        Counted(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > most) {
                throw new TooDear();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private void add(Path classes, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .sorted()
                    .forEach(name ->
                            add(name.substring(0, name.length() - 6).replace('/', '.'), loader));
        }
    }

    /// Patterns that the sources write where they use them.
    private void addInline() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                Matcher inline = INLINE.matcher(Files.readString(file));
                for (int nth = 1; inline.find(); nth++) {
                    String regex =
                            LITERAL.matcher(inline.group(2))
                                    .results()
                                    .map(part -> part.group(1).translateEscapes())
                                    .collect(Collectors.joining());
                    String where = sources.relativize(file) + " " + inline.group(1) + " " + nth;
                    try {
                        patterns.put(where, Pattern.compile(regex));
                    } catch (PatternSyntaxException e) {
                        // a method of ours that is named alike
                    }
                }
            }
        }
    }

    private void add(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, true, loader);
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    add(name + "." + field.getName(), field.get(null), 0);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(String where, Object value, int depth) throws ReflectiveOperationException {
        if (value instanceof Pattern pattern) {
            patterns.put(where, pattern);
        } else if (value instanceof Supplier<?> later
                && isOurs(value.getClass())
                && later.get() instanceof Pattern pattern) {
            patterns.put(where, pattern);
        } else if (depth > 5) {
            return;
        } else if (value instanceof Iterable<?> all) {
            int nth = 0;
            for (Object one : all) {
                add(where + "[" + nth++ + "]", one, depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            int nth = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add(where + "[key " + nth + "]", entry.getKey(), depth + 1);
                add(where + "[" + nth++ + "]", entry.getValue(), depth + 1);
            }
        } else if (value != null && isOurs(value.getClass()) && seen.add(value)) {
            for (Field field : value.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    add(where + "[" + field.getName() + "]", field.get(value), depth + 1);
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.bartizan.") && !type.isEnum() && !type.isHidden();
    }

    /// How the sources use a pattern; where they do not tell, it searches.
    private Set<Use> uses(String where) {
        if (where.isEmpty()) {
            return Set.of(Use.FIND);
        }
        if (where.contains(".java ")) {
            return Set.of(where.contains(" matches ") ? Use.MATCHES : Use.FIND);
        }
        String path = where.replaceAll("\\[.*", "");
        String field = path.substring(path.lastIndexOf('.') + 1);
        String type = path.substring(0, path.lastIndexOf('.')).replaceAll("\\$.*", "");
        String simple = type.substring(type.lastIndexOf('.') + 1);
        Path own = sources.resolve(type.replace('.', '/') + ".java");
        Set<Use> uses = new LinkedHashSet<>();
        try (Stream<Path> beside = Files.list(own.getParent())) {
            for (Path file : beside.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                uses(source, file.equals(own) ? field : simple + "." + field, uses);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return uses.isEmpty() || path.length() < where.length() ? Set.of(Use.FIND) : uses;
    }

    private static void uses(String source, String field, Set<Use> uses) {
        Matcher named =
                Pattern.compile("\\b" + Pattern.quote(field) + "\\b(?!\\s*=[^=])").matcher(source);
        while (named.find()) {
            String behind = behindArguments(source, named.end());
            if (behind.stripLeading().startsWith(".pattern()")) {
                continue;
            }
            int matches = position(behind, "atches()", "::matches", ".asMatchPredicate");
            int looks = position(behind, ".lookingAt()", "::lookingAt");
            int finds =
                    position(behind, ".find(", ".results()", ".replace", "::find", ".asPredicate");
            int first = Math.min(matches, Math.min(looks, finds));
            uses.add(first == finds ? Use.FIND : first == looks ? Use.LOOKING_AT : Use.MATCHES);
        }
    }

    /// What stands behind `.matcher(…)`.
    private static String behindArguments(String source, int at) {
        int open = source.indexOf(".matcher(", at);
        int from = at;
        if (open >= 0 && source.substring(at, open).isBlank()) {
            int depth = 0;
            from = open + ".matcher".length();
            do {
                depth += source.charAt(from) == '(' ? 1 : source.charAt(from) == ')' ? -1 : 0;
                from++;
            } while (depth > 0 && from < source.length());
        }
        return source.substring(from, Math.min(source.length(), from + 900));
    }

    private static int position(String text, String... words) {
        int first = Integer.MAX_VALUE;
        for (String word : words) {
            int at = text.indexOf(word);
            first = at < 0 ? first : Math.min(first, at);
        }
        return first;
    }
}
