package dev.leat.model;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads leat.yaml, and of its profiles the one that is in use. */
record ConfigReader(Problems problems) {
  private static final Duration EPOCH_EVERY = Duration.ofSeconds(1);
  private static final int EVENTS_PER_SECOND = 10;

  /** What leat.yaml says. */
  record Config(
      String name,
      Map<String, Team> teams,
      Cadence epoch,
      Objectives objectives,
      Profile profile,
      List<Simulation> simulations) {}

  Config read(Path folder, Yaml.Mapping file, String profile) {
    file.entries().stream()
        .filter(e -> !e.key().equals("profiles"))
        .forEach(e -> new MissingVariables(problems).in(e.value()));
    var values = new Values(file);
    var chosen = profile(folder, values, profile);
    String name = values.text("name").orElse("");
    return new Config(
        name, teams(values), epoch(values), objectives(values), chosen, simulations(values));
  }

  private static Map<String, Team> teams(Values values) {
    var teams = new LinkedHashMap<String, Team>();
    values
        .values("teams")
        .ifPresent(t ->
            t.mapping()
                .entries()
                .forEach(e ->
                    teams.put(
                        e.key(),
                        new Team(
                            e.key(),
                            t.values(e.key()).flatMap(v -> v.text("contact")).orElse("")))));
    return teams;
  }

  private static Cadence epoch(Values values) {
    return new Cadence(
        values.values("epoch").flatMap(v -> v.duration("every")).orElse(EPOCH_EVERY));
  }

  private static Objectives objectives(Values values) {
    var o = values.values("objectives").orElse(none(values.mapping().at()));
    var budget = o.text("budget").flatMap(Quantities::moneyPerMonth);
    return new Objectives(
        o.duration("freshness"),
        o.text("availability").flatMap(Quantities::percent),
        o.duration("rto"),
        o.duration("rpo"),
        budget.map(Quantities.Money::amount),
        budget.map(Quantities.Money::currency));
  }

  private static List<Simulation> simulations(Values values) {
    var simulations = new ArrayList<Simulation>();
    for (Yaml.Entry entry : entries(values, "simulate")) {
      Values s =
          values.values("simulate").flatMap(v -> v.values(entry.key())).orElse(none(entry.at()));
      simulations.add(
          new Simulation(
              entry.key(),
              entry.at(),
              s.whole("rate").orElse(EVENTS_PER_SECOND),
              percent(s, "late"),
              percent(s, "duplicates"),
              s.textByName("values")));
    }
    return simulations;
  }

  private static List<Yaml.Entry> entries(Values values, String key) {
    return values.values(key).map(v -> v.mapping().entries()).orElse(List.of());
  }

  private static double percent(Values values, String key) {
    return values.text(key).flatMap(Quantities::percent).map(BigDecimal::doubleValue).orElse(0.0);
  }

  private Profile profile(Path folder, Values values, String name) {
    Values profiles = values.values("profiles").orElse(none(values.mapping().at()));
    Optional<Values> chosen = profiles.values(name);
    if (profiles.mapping().entry(name).isEmpty() && !name.equals(ProjectReader.DEFAULT_PROFILE)) {
      var known = new ArrayList<>(List.of(ProjectReader.DEFAULT_PROFILE));
      profiles.mapping().entries().forEach(e -> known.add(e.key()));
      // It was typed with a command: a place in the file is not where the mistake is.
      problems.add(
          Problem.of(
              ErrorCode.UNKNOWN_NAME,
              "leat.yaml has no profile `" + name + "`.",
              Nearest.suggestion(name, known)));
    }
    chosen.ifPresent(c -> new MissingVariables(problems).in(c.mapping()));
    Values profile = chosen.orElse(none(values.mapping().at()));
    return new Profile(
        name,
        log(profile),
        engine(profile),
        lake(folder, profile),
        fleet(profile),
        durability(profile));
  }

  private static Durability durability(Values profile) {
    return profile.text("durability").equals(Optional.of("power"))
        ? Durability.POWER
        : Durability.PROCESS;
  }

  private Profile.LogChoice log(Values profile) {
    return profile
        .values("log")
        .filter(log -> log.text("kind").equals(Optional.of("kafka")))
        .flatMap(log -> log.text("bootstrap"))
        .<Profile.LogChoice>map(Profile.LogChoice.Kafka::new)
        .orElse(new Profile.LogChoice.Embedded());
  }

  private Profile.EngineChoice engine(Values profile) {
    Optional<Values> engine = profile.values("engine");
    engine.ifPresent(e -> later(e, "flink", "The Flink engine", "duckdb"));
    return new Profile.EngineChoice(engine.flatMap(e -> e.text("memory")));
  }

  private Profile.LakeChoice lake(Path folder, Values profile) {
    Optional<Values> lake = profile.values("lake");
    lake.ifPresent(l -> later(l, "s3", "A lake on S3", "local"));
    String path = lake.flatMap(l -> l.text("path")).orElse(".leat/lake");
    return new Profile.LakeChoice.Local(folder.resolve(path).normalize());
  }

  private Profile.FleetChoice fleet(Values profile) {
    Values fleet = profile.values("fleet").orElse(none(profile.mapping().at()));
    int min = fleet.whole("min").orElse(1);
    int max = fleet.whole("max").orElse(Math.max(1, min));
    if (max < min) {
      problems.add(
          fleet.mapping().place("max"),
          ErrorCode.WRONG_VALUE,
          "`max` is " + max + ", less than `min`, which is " + min + ".",
          "Let `max` be at least `min`.");
    }
    List<String> zones = fleet.texts("zones");
    return new Profile.FleetChoice(min, max, zones.isEmpty() ? List.of("a") : zones);
  }

  private void later(Values choice, String kind, String what, String instead) {
    if (choice.text("kind").equals(Optional.of(kind))) {
      problems.add(
          choice.mapping().place("kind"),
          ErrorCode.NOT_YET,
          what + " is not built yet.",
          "Use `kind: " + instead + "` until it is.");
    }
  }

  private static Values none(Location at) {
    return new Values(new Yaml.Mapping(at, List.of()));
  }
}
