package dev.bartizan.artifacts.instructions.steering;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Teaches the model that tells passages which steer an agent: `TeachSteering LESSONS MODEL
/// [MORE-LESSONS]`. Says first what a model finds in each file of lessons when it learned from the
/// others alone, then in a fifth of all when it learned from the rest.
final class TeachSteering {
    private static final float[] LEAST = {1, 1.5f, 2, 2.5f, 3};

    private TeachSteering() {}

    public static void main(String[] args) throws IOException {
        List<Lesson> lessons = Lesson.in(Path.of(args[0]));
        System.out.println(
                "Odds of at least e to the power of      1       1.5       2       2.5       3");
        for (String source : new TreeSet<>(lessons.stream().map(Lesson::source).toList())) {
            held(source, lessons, lesson -> lesson.source().equals(source));
        }
        held("a fifth of all", lessons, Lesson::isOfTheFifth);
        LinearModel model = Teacher.teach(lessons);
        try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
            model.write(out);
        }
        if (args.length > 2) {
            List<Lesson> more = Lesson.in(Path.of(args[2]));
            for (String source : new TreeSet<>(more.stream().map(Lesson::source).toList())) {
                report(source, model, only(more, lesson -> lesson.source().equals(source)));
            }
        }
    }

    private static void held(String name, List<Lesson> lessons, Predicate<Lesson> isHeld) {
        report(name, Teacher.teach(only(lessons, isHeld.negate())), only(lessons, isHeld));
    }

    private static List<Lesson> only(List<Lesson> lessons, Predicate<Lesson> which) {
        return lessons.stream().filter(which).toList();
    }

    private static void report(String name, LinearModel model, List<Lesson> lessons) {
        row(name + ", attacks", model, only(lessons, Lesson::isAttack));
        row(name + ", honest", model, only(lessons, lesson -> !lesson.isAttack()));
    }

    private static void row(String name, LinearModel model, List<Lesson> lessons) {
        if (lessons.isEmpty()) {
            return;
        }
        List<Float> scores = lessons.stream().map(lesson -> Teacher.score(lesson, model)).toList();
        System.out.printf(Locale.ROOT, "%-28s %5d", name, lessons.size());
        for (float least : LEAST) {
            long found = scores.stream().filter(score -> score >= least).count();
            System.out.printf(Locale.ROOT, " %5.1f %%", 100.0 * found / lessons.size());
        }
        System.out.println();
    }
}
