package dev.leat.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What the project promises; each part may be left out.
 *
 * @param availabilityPercent 99.9 means 99.9 %
 * @param budgetPerMonth in {@code budgetCurrency}
 */
public record Objectives(
    Optional<Duration> freshness,
    Optional<BigDecimal> availabilityPercent,
    Optional<Duration> rto,
    Optional<Duration> rpo,
    Optional<BigDecimal> budgetPerMonth,
    Optional<String> budgetCurrency) {}
