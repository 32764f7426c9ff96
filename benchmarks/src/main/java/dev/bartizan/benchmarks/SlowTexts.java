package dev.bartizan.benchmarks;

import dev.bartizan.guard.Guard;
import dev.bartizan.guard.Kind;
import dev.bartizan.guard.Part;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Searches for texts that make the guard slow: starts from pieces that each stage cares about,
/// repeats them, read as a model's answer so that every stage looks, and keeps changing the slowest
/// (an evolutionary search). Time is the processor time of the thread, so that other work on the
/// machine does not count.
public final class SlowTexts {
    private static final int LENGTH = 65_536;
    private static final int KEPT = 12;
    private static final int WARM_UP = 3;
    private static final List<String> PIECES =
            List.of(
                    "a ",
                    "12 34 ",
                    "ignore ",
                    "aGVsbG8gd29ybGQgdGhpcyBpcyB0ZXh0\n",
                    "&#105;",
                    "%69",
                    "\u200b\u200ba",
                    "а",
                    "- ",
                    "\"x\": ",
                    "key=",
                    "[system] ",
                    "1.1.1.1 ",
                    "Ab",
                    "qzx jkv ",
                    "1 2 3 ",
                    "a@",
                    "key: abc1 ",
                    "-----begin ",
                    "+1 (",
                    "uryyb jbeyq ",
                    "=41=42",
                    "\\u0061",
                    "01101000 ",
                    ".... . ",
                    "h-e-l-l-o ",
                    "1gn0r3 ",
                    "sdrowkcab ",
                    "token = a1b2c3 ",
                    "curl -u a:b ",
                    "http://a:b1@c ",
                    "eyJ",
                    "sk-",
                    "ghp_",
                    "DE89",
                    "4111 ",
                    "12/12/2012 ",
                    "a.b.c.",
                    "::1 ",
                    "<!-- ",
                    "![x](http://a?q=",
                    "display:none;",
                    "prior rules ",
                    "you are ",
                    "\uD83D\uDE00",
                    "é",
                    "a\u0301",
                    "ßα",
                    "\uDB40\uDC41",
                    "ORSXG5A",
                    "68656c6c6f",
                    "alpha bravo ",
                    "\u2801\u2803",
                    "thequickbrownfox",
                    "#",
                    "\n",
                    "\t",
                    "{",
                    "AKIA",
                    "password is x1 ",
                    "curl ",
                    "authorization: ",
                    "\"api-key: ",
                    "accountkey ",
                    "mailgun ",
                    "yandex ",
                    "t1.a",
                    "q~",
                    "://a:",
                    "token=aaaaaaaaaaaaaaaaaaaa ",
                    "heroku = a1b2c3d4e5f6g7 ",
                    "| sh ",
                    "x@y.z ",
                    "Anna Keller ",
                    "42 Main Street ",
                    "1/1/2012 ",
                    "+1 555 0100 ",
                    "DE12 3456 ",
                    "may ",
                    "\u0131",
                    "\u4e2d",
                    "\uD835\uDD38",
                    "e\u0301\u0301\u0301",
                    "&#x41;",
                    "\\u{",
                    "t1.a1b2=c3d4: ",
                    "1\u2801",
                    "=",
                    "==");
    private final Guard guard = Guard.shipped();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Random random;
    private final List<Tried> slowest = new ArrayList<>();

    private record Tried(List<String> pieces, double millis) {}

    private SlowTexts(long seed) {
        random = new Random(seed);
    }

    /// Searches.
    ///
    /// @param args seconds to search (60), and a seed (1)
    public static void main(String[] args) {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 60;
        SlowTexts search = new SlowTexts(args.length > 1 ? Long.parseLong(args[1]) : 1);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        search.run(seconds, out);
    }

    private void run(long seconds, PrintStream out) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; i < WARM_UP; i++) {
            PIECES.forEach(piece -> time(text(List.of(piece))));
        }
        PIECES.forEach(piece -> keep(List.of(piece)));
        int tries = PIECES.size();
        while (System.nanoTime() < end) {
            keep(changed(slowest.get(random.nextInt(slowest.size())).pieces()));
            tries++;
        }
        out.printf(Locale.ROOT, "%d texts of %d characters tried; slowest:%n", tries, LENGTH);
        for (Tried one : slowest) {
            double again = time(text(one.pieces()));
            out.printf(
                    Locale.ROOT,
                    "%7.1f ms, again %7.1f ms  %s%n",
                    one.millis(),
                    again,
                    String.join("|", one.pieces()).replace("\n", "\\n"));
        }
    }

    private void keep(List<String> pieces) {
        String text = text(pieces);
        double millis = time(text);
        if (slowest.size() == KEPT && millis > slowest.getLast().millis()) {
            millis = Math.min(millis, time(text)); // what was slow by chance does not stay
        }
        slowest.add(new Tried(pieces, millis));
        slowest.sort(Comparator.comparingDouble(Tried::millis).reversed());
        if (slowest.size() > KEPT) {
            slowest.removeLast();
        }
    }

    private List<String> changed(List<String> pieces) {
        List<String> out = new ArrayList<>(pieces);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        int at = random.nextInt(out.size());
        switch (random.nextInt(5)) {
            case 0 -> out.set(at, piece);
            case 1 -> out.set(at, out.get(at).repeat(2));
            case 2 -> out.set(at, out.get(at).substring(out.get(at).length() / 2) + piece);
            case 3 -> out.add(at, String.valueOf((char) (33 + random.nextInt(94))));
            default -> out.add(at, piece);
        }
        while (out.size() > 8) {
            out.remove(random.nextInt(out.size()));
        }
        return out.stream().mapToInt(String::length).sum() > 2_000
                ? List.of(piece)
                : List.copyOf(out);
    }

    private static String text(List<String> pieces) {
        String unit = String.join("", pieces);
        String whole = unit.isEmpty() ? "x" : unit;
        return whole.repeat(LENGTH / whole.length() + 1).substring(0, LENGTH);
    }

    /// The least of two runs, in milliseconds of processor time.
    private double time(String text) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long start = threads.getCurrentThreadCpuTime();
            guard.judge(Part.of(Kind.OUTPUT, text));
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1e6);
        }
        return best;
    }
}
