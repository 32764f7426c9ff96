package dev.bartizan.artifacts.spi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Looks at the parts of a container, several at once where processors are free.
///
/// What is said does not depend on how many there are. Parts are taken together by their number and
/// sizes alone; each gets notes of its own and what is left of the budget, and the notes are put
/// together in the order of the parts. Where that may differ from looking at one after another,
/// because parts of the same lot would have left less of the budget for later ones, or of memory
/// for one another, those are looked at once more in turn.
///
/// The thread that owns the container does whatever no helper has begun, waits for nothing but
/// parts that are being looked at, and never takes up other work meanwhile; so containers in one
/// another, and in the files of a folder, cannot block one another.
public final class Parts {
    private static final int MOST_TOGETHER = 512;
    private static final int WORTH_HELP = 16;
    private static final long WORTH_HELP_BYTES = 1 << 18;

    /// What is looked at of numbers when nothing is left to search.
    private static final long LOOKED_AT_BYTES = 1 << 12;

    /// What a pickle of small numbers takes in memory for each of its bytes.
    private static final long HEAP_PER_BYTE = 16;

    /// Most bytes among numbers that a lot searches in vain, as a multiple of what is left to
    /// search.
    private static final long SEARCHED_IN_VAIN = 4;

    private final Notes notes;
    private final List<Part> waiting = new ArrayList<>();
    private long toSearch;

    /// Looks at a part, with notes on its container.
    @FunctionalInterface
    public interface Look {
        /// Notes what it sees.
        ///
        /// @param container whose bytes to read
        void look(Item container, Notes notes) throws IOException;
    }

    /// A part of a container.
    ///
    /// @param bytes about how many there are, unpacked
    public record Part(long bytes, Item.Role role, Look look) {}

    /// No parts yet.
    ///
    /// @param notes on the container
    public Parts(Notes notes) {
        this.notes = notes;
    }

    /// Takes up a part, which is looked at now or later.
    public void add(Part part) throws IOException {
        long left = notes.budget().searchable();
        long search = part.role() == Item.Role.NUMBERS ? 0 : Math.min(part.bytes(), left);
        if (waiting.size() == MOST_TOGETHER || toSearch + search > SEARCHED_IN_VAIN * left) {
            finish();
        }
        waiting.add(part);
        toSearch += search;
    }

    /// Looks at what is left; asked at the end.
    public void finish() throws IOException {
        List<Part> parts = List.copyOf(waiting);
        waiting.clear();
        toSearch = 0;
        if (isWorthHelp(parts)) {
            together(parts);
        } else {
            inTurn(parts);
        }
    }

    private boolean isWorthHelp(List<Part> parts) {
        long left = notes.budget().searchable();
        long bytes = 0;
        int busy = 0;
        for (Part part : parts) {
            long most = part.role() == Item.Role.NUMBERS ? left : part.bytes();
            long work = Math.min(part.bytes(), Math.max(most, LOOKED_AT_BYTES));
            bytes += work;
            busy += work > 0 ? 1 : 0;
        }
        return busy >= WORTH_HELP || (busy > 1 && bytes >= WORTH_HELP_BYTES);
    }

    private void inTurn(List<Part> parts) throws IOException {
        for (Part part : parts) {
            part.look().look(notes.item(), notes);
        }
    }

    private void together(List<Part> parts) throws IOException {
        if (!isJoined(new Lot(parts, notes), helpers(parts))) {
            inTurn(parts);
        }
    }

    /// As many helpers as there is heap for, should each part be of the kind that takes most.
    private int helpers(List<Part> parts) {
        long largest = parts.stream().mapToLong(Part::bytes).max().orElse(0);
        long atOnce = Runtime.getRuntime().maxMemory() / Math.max(1, largest * HEAP_PER_BYTE);
        return (int) Math.min(Math.min(notes.budget().helpers(), parts.size() - 1), atOnce - 1);
    }

    private boolean isJoined(Lot lot, int helpers) throws IOException {
        for (int i = 0; i < helpers; i++) {
            ForkJoinPool.commonPool().execute(() -> lot.work(Lot.Who.HELPER));
        }
        lot.work(Lot.Who.OWNER);
        lot.await();
        notes.budget().time().goOn();
        boolean isExhausted = helpers > 0 && lot.isExhausted();
        if (isExhausted || lot.isOverspent()) {
            return false;
        }
        lot.join();
        return true;
    }

    /// Parts that are looked at together.
    private static final class Lot {
        private final List<Part> parts;
        private final Notes notes;
        private final Budget.Shares shares = new Budget.Shares();
        private final List<Notes> apart = new ArrayList<>();
        private final @Nullable Throwable[] failures;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();
        private final CountDownLatch running;
        private volatile boolean isStopped;

        private enum Who {
            OWNER,
            HELPER
        }

        Lot(List<Part> parts, Notes notes) {
            this.parts = parts;
            this.notes = notes;
            this.failures = new Throwable[parts.size()];
            this.running = new CountDownLatch(parts.size());
            Budget budget = notes.budget();
            long searchable = budget.searchable();
            for (Part part : parts) {
                apart.add(notes.apart(budget.share(shares, searchable)));
                if (part.role() == Item.Role.NUMBERS) {
                    searchable = Math.max(0, searchable - part.bytes());
                }
            }
        }

        /// Looks at one part after another that nobody has begun.
        void work(Who who) {
            for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                if (!isStopped && !shares.isOverspent()) {
                    look(i, who);
                }
                running.countDown();
            }
        }

        private void look(int i, Who who) {
            begun.incrementAndGet();
            TimeLimit time = apart.get(i).budget().time();
            time.begin();
            try {
                parts.get(i).look().look(apart.get(i).item(), apart.get(i));
            } catch (IOException | RuntimeException | Error e) {
                failures[i] = e;
                isStopped = true;
            } finally {
                time.end(who == Who.HELPER);
            }
        }

        /// Until no part is being looked at.
        void await() {
            boolean isInterrupted = false;
            while (true) {
                try {
                    running.await();
                    break;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }

        boolean isOverspent() {
            return shares.isOverspent();
        }

        /// Whether memory ran out, which may be since several parts were in it.
        boolean isExhausted() {
            for (Throwable failure : failures) {
                if (failure instanceof OutOfMemoryError) {
                    return true;
                }
            }
            return false;
        }

        /// Puts the notes together, up to the first part that failed. Parts begin in their order,
        /// so that none before it was left out.
        void join() throws IOException {
            for (int i = 0; i < begun.get(); i++) {
                if (!notes.budget().wouldDoAsMuch(apart.get(i).budget())) {
                    parts.get(i).look().look(notes.item(), notes);
                    continue;
                }
                notes.join(apart.get(i));
                switch (failures[i]) {
                    case null -> {}
                    case IOException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    case Throwable e -> throw new AssertionError(e);
                }
            }
        }
    }
}
