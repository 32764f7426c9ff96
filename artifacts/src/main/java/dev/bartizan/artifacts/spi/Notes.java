package dev.bartizan.artifacts.spi;

import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is noted of one item while it is looked at.
public final class Notes {
    private static final int LONGEST_NAME = 512;
    private static final int MOST_FINDINGS = 500;
    private static final int MOST_SEVERE_FINDINGS = 2_000;
    private static final int MOST_LISTED_MEMBERS = 10_000;
    private static final int MOST_REACHES = 1_000;
    private static final Rule TOO_DEEP =
            Rule.structure("nesting-limit", "Unpack the outer archives and scan again.", "CWE-409");

    private final Item item;
    private final Inspector inspector;
    private final Budget budget;
    private final Coverage coverage = new Coverage();
    private final Set<String> formats = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Coverage pickles = new Coverage();
    private final List<Notes> members = new ArrayList<>();
    private final List<String> uncovered = new ArrayList<>();
    private final StringBuilder explanation = new StringBuilder();
    private final Set<String> reaches = new TreeSet<>();
    private final List<Checksum> checksums = new ArrayList<>();
    private final List<Need> needs = new ArrayList<>();
    private @Nullable Severity worst;
    private boolean isBroken;
    private boolean isSuspicious;
    private boolean canHoldCode;

    /// Empty notes on an item.
    public Notes(Item item, Inspector inspector, Budget budget) {
        this.item = item;
        this.inspector = inspector;
        this.budget = budget;
    }

    /// What the notes are about.
    public Item item() {
        return item;
    }

    /// The work that may still be caused.
    public Budget budget() {
        return budget;
    }

    /// Goes on while there is time to look at the file; what could go on for long without reading
    /// or finding anything asks.
    ///
    /// @throws OutOfTime when there is none
    public void checkTime() {
        budget.time().check();
    }

    /// Notes that the item is of a format.
    public void format(String format, boolean mayHoldCode) {
        formats.add(format);
        canHoldCode |= mayHoldCode;
    }

    /// Notes a defect.
    public void finding(Rule rule, Severity severity, long offset, String message) {
        findingAt(rule, severity, item.path() + "@" + offset, message);
    }

    /// Notes a defect at a named place.
    public void findingAt(Rule rule, Severity severity, String location, String message) {
        checkTime();
        isSuspicious |= severity.isAtLeast(Severity.MEDIUM);
        add(rule, severity, location, message);
    }

    /// Notes that the structure is broken: never clean, whatever else is said.
    public void broken(Rule rule, Severity severity, long offset, String message) {
        isBroken = true;
        add(rule, severity, item.path() + "@" + offset, message);
    }

    private void add(Rule rule, Severity severity, String location, String message) {
        take(
                new Finding(
                        rule.id(),
                        severity,
                        message,
                        location,
                        rule.mend(),
                        rule.cwe(),
                        rule.atlas()));
    }

    /// What decides a verdict always finds room: what is worse than all before it, and severe ones
    /// up to their own number.
    private boolean isRoomFor(Severity severity) {
        if (worst == null || severity.compareTo(worst) > 0) {
            return true;
        }
        int most = severity.isAtLeast(Severity.HIGH) ? MOST_SEVERE_FINDINGS : MOST_FINDINGS;
        return findings.size() < most;
    }

    /// Whether another finding of this severity would be listed. Where no severe one would, the
    /// file is malicious already, and looking on only costs time.
    public boolean hasRoomFor(Severity severity) {
        return isRoomFor(severity);
    }

    /// Whether anything as severe was found.
    public boolean hasAtLeast(Severity severity) {
        return worst != null && worst.isAtLeast(severity);
    }

    /// Notes that the structure is broken in the way an exception says.
    public void broken(Rule rule, FormatException e) {
        if (e.kind() == FormatException.Kind.UNSUPPORTED) {
            notCovered(e.what());
            return;
        }
        broken(rule, Severity.MEDIUM, e.offset(), e.what());
    }

    /// Notes that something is said about these bytes.
    public void cover(long from, long to) {
        coverage.add(Math.max(0, from), Math.min(to, item.bytes().size()));
    }

    /// Notes that something is said about every byte.
    public void coverAll() {
        cover(0, item.bytes().size());
    }

    /// Notes that something was not looked at, and why.
    public void notCovered(String reason) {
        if (uncovered.size() < MOST_FINDINGS && !uncovered.contains(reason)) {
            uncovered.add(reason);
        }
    }

    /// Adds to the explanation of what loading would do.
    public void explain(String text) {
        explanation.append(text);
    }

    /// Notes something that loading the item may do, as a short stable text that another version of
    /// the same file can be compared by.
    public void reaches(String what) {
        if (reaches.size() < MOST_REACHES) {
            reaches.add(what);
        }
    }

    /// Notes what a part of the item must check to; looked at only when every byte is read.
    public void checksum(Checksum checksum) {
        if (item.depth() == 0) {
            checksums.add(checksum);
        }
    }

    /// Looks at a member, and takes over what is found there.
    ///
    /// @param name its name in this item
    /// @param bytes its bytes, unpacked
    /// @param from where it starts in this item
    /// @param to where it ends in this item
    /// @return the notes on it
    public Notes member(String name, ByteSource bytes, long from, long to) throws IOException {
        return member(name, bytes, from, to, Item.Role.ANY);
    }

    /// Looks at a member that the container uses in a known way.
    public Notes member(String name, ByteSource bytes, long from, long to, Item.Role role)
            throws IOException {
        Item inner =
                new Item(
                        item.path() + "!" + printable(name),
                        budget.time().around(bytes),
                        Optional.empty(),
                        item.depth() + 1,
                        role);
        Notes notes = new Notes(inner, inspector, budget);
        if (inner.depth() > Budget.DEPTH) {
            broken(
                    TOO_DEEP,
                    Severity.MEDIUM,
                    from,
                    "More than " + Budget.DEPTH + " containers in one another");
            return notes;
        }
        try {
            inspector.inspect(inner, notes);
        } finally {
            absorb(notes, from, to); // what was found before time or memory ran out, too
        }
        return notes;
    }

    /// Looks at a value of a table. Nothing is said of its place here, and only values that
    /// something is said of are listed.
    public void value(String name, ByteSource bytes) throws IOException {
        if (item.depth() >= Budget.DEPTH) {
            member(name, bytes, 0, 0, Item.Role.VALUE);
            return;
        }
        Item inner =
                new Item(
                        item.path() + "!" + printable(name),
                        budget.time().around(bytes),
                        Optional.empty(),
                        item.depth() + 1,
                        Item.Role.VALUE);
        Notes notes = new Notes(inner, inspector, budget);
        try {
            inspector.inspect(inner, notes);
        } finally {
            if (notes.findings.isEmpty() && notes.uncovered.isEmpty()) {
                notes.reaches.forEach(this::reaches);
                canHoldCode |= notes.canHoldCode;
            } else {
                absorb(notes, 0, 0);
            }
        }
    }

    /// Empty notes on a text of the item that has a place of its own.
    public Notes aside(String name) {
        Item inner =
                new Item(
                        item.path() + "!" + printable(name),
                        ByteSource.of(new byte[0]),
                        Optional.empty(),
                        item.depth(),
                        item.role());
        return new Notes(inner, inspector, budget);
    }

    /// Takes over what was found aside.
    public void takeAside(Notes aside) {
        aside.findings.forEach(this::take);
        aside.uncovered.forEach(this::notCovered);
        aside.reaches.forEach(this::reaches);
        explain(aside.explanation.toString());
        aside.members.stream()
                .limit(Math.max(0, MOST_LISTED_MEMBERS - members.size()))
                .forEach(members::add);
        isBroken |= aside.isBroken;
        isSuspicious |= aside.isSuspicious;
        canHoldCode |= aside.canHoldCode;
    }

    /// Has a text looked at by whoever watches texts.
    public void watch(String text) {
        inspector.watch(text, this);
    }

    /// Empty notes on the same item, for a thread that looks at a part of it.
    Notes apart(Budget share) {
        Item same =
                new Item(
                        item.path(),
                        share.time().around(item.bytes()),
                        Optional.empty(),
                        item.depth(),
                        item.role());
        return new Notes(same, inspector, share);
    }

    /// Takes over what was noted apart.
    void join(Notes apart) {
        budget.join(apart.budget);
        formats.addAll(apart.formats);
        apart.findings.forEach(this::take);
        apart.uncovered.forEach(this::notCovered);
        explanation.append(apart.explanation);
        apart.reaches.forEach(this::reaches);
        checksums.addAll(apart.checksums);
        apart.coverage.ranges().forEach(range -> cover(range.from(), range.to()));
        apart.pickles.ranges().forEach(range -> pickles.add(range.from(), range.to()));
        for (Notes member : apart.members) {
            if (members.size() < MOST_LISTED_MEMBERS) {
                members.add(member);
            }
        }
        isBroken |= apart.isBroken;
        isSuspicious |= apart.isSuspicious;
        canHoldCode |= apart.canHoldCode;
    }

    private void take(Finding finding) {
        if (isRoomFor(finding.severity())) {
            worst =
                    worst == null || finding.severity().compareTo(worst) > 0
                            ? finding.severity()
                            : worst;
            findings.add(finding);
        }
    }

    private void absorb(Notes inner, long from, long to) {
        inner.findings.forEach(this::take);
        isBroken |= inner.isBroken;
        isSuspicious |= inner.isSuspicious;
        canHoldCode |= inner.canHoldCode;
        inner.reaches.forEach(this::reaches);
        for (String reason : inner.uncovered) {
            notCovered(inner.item.name() + ": " + reason);
        }
        coverMember(inner, from, to);
        if (inner.formats.contains("pickle")
                && inner.item.bytes().size() == to - from
                && to > from) {
            pickles.add(from, to);
        }
        if (!inner.explanation.isEmpty()) {
            explain(inner.explanation.toString());
        }
        if (members.size() < MOST_LISTED_MEMBERS) {
            members.add(inner);
        }
    }

    /// What is said of a member is said of its bytes here: the very ones where it stands as it is;
    /// where it is packed, as large a part from its start.
    private void coverMember(Notes inner, long from, long to) {
        long size = inner.item.bytes().size();
        if (size == to - from) {
            inner.coverage.ranges().forEach(range -> cover(from + range.from(), from + range.to()));
            return;
        }
        double share = size == 0 ? 1 : (double) inner.coveredBytes() / size;
        cover(from, from + (long) ((to - from) * share));
    }

    /// Control characters made visible.
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String printable(String name) {
        if (name.length() <= LONGEST_NAME && isPlain(name)) {
            return name;
        }
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(LONGEST_NAME)
                .forEach(c -> {
                    boolean isPlain =
                            !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
                    text.append(isPlain ? Character.toString(c) : String.format("\\u%04x", c));
                });
        return text.toString();
    }

    /// The formats it is of.
    public List<String> formats() {
        return List.copyOf(formats);
    }

    /// The defects, those of members too.
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /// The notes on members.
    public List<Notes> members() {
        return List.copyOf(members);
    }

    /// What loading it may do, in alphabetical order.
    public List<String> reaches() {
        return List.copyOf(reaches);
    }

    /// Notes a part that its container must hold.
    public void need(Need need) {
        needs.add(need);
    }

    /// What its container must hold.
    public List<Need> needs() {
        return List.copyOf(needs);
    }

    /// What parts of it must check to.
    public List<Checksum> checksums() {
        return List.copyOf(checksums);
    }

    /// What was not looked at, and why.
    public List<String> uncovered() {
        return List.copyOf(uncovered);
    }

    /// What loading would do, for people; empty when nothing was read that does anything.
    public String explanation() {
        return explanation.toString();
    }

    /// Whether a defect of medium severity or worse was noted that is more than broken structure.
    public boolean isSuspicious() {
        return isSuspicious;
    }

    /// Whether the structure is broken, here or in a member.
    public boolean isBroken() {
        return isBroken;
    }

    /// Whether a format seen here or in a member can run code when it is loaded.
    public boolean canHoldCode() {
        return canHoldCode;
    }

    /// The ranges from an offset on, in order, but for members that stand here as they are and were
    /// read as pickles.
    public List<Range> besidesPickles(long from) {
        return pickles.gaps(item.bytes().size()).stream()
                .filter(gap -> gap.to() > from)
                .map(gap -> new Range(Math.max(from, gap.from()), gap.to()))
                .toList();
    }

    /// How many bytes something was said about.
    public long coveredBytes() {
        return coverage.bytes();
    }

    /// The ranges that something was said about, in order.
    public List<Range> covered() {
        return coverage.ranges();
    }

    /// The ranges that nothing was said about, in order; with the covered ones all of the item.
    public List<Range> gaps() {
        return coverage.gaps(item.bytes().size());
    }
}
