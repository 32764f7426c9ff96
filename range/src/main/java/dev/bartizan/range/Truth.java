package dev.bartizan.range;

import dev.bartizan.core.Claim;
import java.util.List;
import java.util.Optional;

/// The truth ledger of a simulation: what is wrong with it and how often it shows, so that a
/// checker's verdicts can be scored.
///
/// @param profile name of the simulation
/// @param version changes whenever the simulation could answer otherwise
/// @param flaws what is wrong with it; where several triggers fit a request, the first listed
///   decides and no other is drawn
/// @param sound claims that hold: a checker that confirms one of these is wrong
public record Truth(String profile, String version, List<PlantedFlaw> flaws, List<Claim> sound) {
    public Truth {
        flaws = List.copyOf(flaws);
        sound = List.copyOf(sound);
    }

    /// The flaw of that id.
    public Optional<PlantedFlaw> flaw(String id) {
        return flaws.stream().filter(flaw -> flaw.id().equals(id)).findFirst();
    }
}
