package dev.bartizan.robustness;

import dev.bartizan.core.UserError;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The attacks that a wish comes down to.
///
/// @param attacks in the order in which they run
/// @param isMinimal whether each tries every example and the smallest change counts
public record AttackChoice(List<Attack> attacks, boolean isMinimal) {
    public AttackChoice {
        attacks = List.copyOf(attacks);
    }

    /// Chooses.
    ///
    /// @throws UserError when an attack is not known, or cannot do what is wished
    public static AttackChoice of(AttackWish wish) {
        List<String> names = wish.names().isEmpty() ? usual(wish) : wish.names();
        if (wish.names().isEmpty() && names.isEmpty()) {
            return new AttackChoice(ofTier(wish), false);
        }
        List<Attack> attacks = names.stream().map(name -> named(name, wish)).toList();
        boolean areMinimal = attacks.stream().allMatch(MinimalAttack.class::isInstance);
        if (wish.isMinimal() && !areMinimal) {
            throw new UserError(
                    "Not each of these attacks looks for the smallest change",
                    "--minimal --attacks " + String.join(",", names),
                    "These do: " + those(attack -> attack instanceof MinimalAttack) + ".");
        }
        return new AttackChoice(attacks, wish.isMinimal());
    }

    /// Whether there are names, and each is that of an attack that looks for the smallest change.
    public static boolean areMinimal(List<String> names) {
        List<String> known = AttackCatalogue.names();
        return !names.isEmpty()
                && names.stream()
                        .allMatch(name ->
                                known.contains(name)
                                        && AttackCatalogue.attack(name, OptionalInt.empty())
                                                instanceof MinimalAttack);
    }

    /// Names of all attacks, for help.
    public static List<String> known() {
        return AttackCatalogue.names();
    }

    /// Names of the attacks where no tier says which; empty where one does.
    private static List<String> usual(AttackWish wish) {
        boolean hasGradients =
                wish.tells() == AttackWish.Tells.GRADIENTS && wish.tier() != Tier.BLACKBOX;
        if (wish.isMinimal()) {
            return hasGradients
                    ? MinimalEvasion.of(wish.norm()).names()
                    : List.of(HopSkipJump.NAME);
        }
        if (wish.norm() == Norm.L0) {
            return hasGradients
                    ? List.of(SigmaZero.NAME, FastMinimumNorm.NAME, SparseRandomSearch.NAME)
                    : List.of(SparseRandomSearch.NAME);
        }
        return switch (wish.tells()) {
            case GRADIENTS -> hasGradients ? List.of() : ofScores(wish.norm());
            case SCORES -> ofScores(wish.norm());
            case ANSWERS -> List.of(HopSkipJump.NAME);
        };
    }

    private static List<String> ofScores(Norm norm) {
        return norm == Norm.L1
                ? List.of(SquareAttack.NAME)
                : List.of(SquareAttack.NAME, NaturalEvolution.NAME);
    }

    private static List<Attack> ofTier(AttackWish wish) {
        return Evasion.of(wish.tier(), wish.isTargeted()).attacks();
    }

    private static Attack named(String name, AttackWish wish) {
        if (!AttackCatalogue.names().contains(name)) {
            throw new UserError(
                    "There is no attack \"" + name + "\"",
                    "--attacks " + name,
                    "Known: " + String.join(", ", AttackCatalogue.names()) + ".");
        }
        Attack attack = AttackCatalogue.attack(name, wish.queries());
        if (!attack.norms().contains(wish.norm())) {
            throw new UserError(
                    name + " does not know the norm " + wish.norm().word(),
                    "--attacks " + name + " --norm " + wish.norm().word(),
                    "It knows "
                            + attack.norms().stream()
                                    .map(Norm::word)
                                    .collect(Collectors.joining(", "))
                            + "; for "
                            + wish.norm().word()
                            + " there are "
                            + those(one -> one.norms().contains(wish.norm()))
                            + ".");
        }
        if (!isPossible(attack, wish.tells())) {
            throw new UserError(
                    name
                            + (attack.isWhiteBox() ? " needs gradients" : " needs scores")
                            + ", which this endpoint does not give",
                    "--attacks " + name,
                    "These can be used: " + those(one -> isPossible(one, wish.tells())) + ".");
        }
        return attack;
    }

    private static boolean isPossible(Attack attack, AttackWish.Tells tells) {
        return switch (tells) {
            case GRADIENTS -> true;
            case SCORES -> !attack.isWhiteBox();
            case ANSWERS -> attack instanceof DecisionAttack;
        };
    }

    private static String those(Predicate<Attack> is) {
        Stream<String> names =
                AttackCatalogue.names().stream()
                        .filter(name -> is.test(AttackCatalogue.attack(name, OptionalInt.empty())));
        return names.collect(Collectors.joining(", "));
    }
}
