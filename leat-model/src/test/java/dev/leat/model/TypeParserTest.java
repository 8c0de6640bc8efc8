package dev.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          varchar                     | VARCHAR       | true
          VARCHAR not null            | VARCHAR       | false
          varchar(20) NOT  NULL       | VARCHAR       | false
          text                        | VARCHAR       | true
          string null                 | VARCHAR       | true
          int                         | INTEGER       | true
          smallint                    | INTEGER       | true
          bigint not null             | BIGINT        | false
          double precision not null   | DOUBLE        | false
          real                        | DOUBLE        | true
          decimal                     | DECIMAL(18,0) | true
          numeric(7)                  | DECIMAL(7,0)  | true
          decimal( 10 , 2 ) not null  | DECIMAL(10,2) | false
          timestamp(6)                | TIMESTAMP     | true
          timestamp without time zone | TIMESTAMP     | true
          timestamp(3) without time zone not null | TIMESTAMP | false
          date                        | DATE          | true
          bool                        | BOOLEAN       | true
          blob                        | VARBINARY     | true
          """)
  void readsTypesAsPeopleWriteThem(String text, String sql, boolean nullable) {
    assertThat(TypeParser.parse(text)).isInstanceOf(TypeParser.Result.Found.class);
    var found = (TypeParser.Result.Found) TypeParser.parse(text);
    assertThat(found.type().sql()).isEqualTo(sql);
    assertThat(found.nullable()).isEqualTo(nullable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          varchr             | Did you mean `varchar`?
          integr not null    | Did you mean `integer`?
          decimal(38,10)     | decimal(18,10)
          decimal(4,5)       | digits in all first
          timestamptz        | Write `timestamp`
          timestamp with time zone | Write `timestamp`
          geometry           | Types: boolean, integer
          date(3)            | Did you mean `date`?
          decimal(10,2,1)    | Did you mean `decimal`?
          ''                 | Types:
          """)
  void saysWhatToWriteInstead(String text, String fix) {
    assertThat(TypeParser.parse(text)).isInstanceOf(TypeParser.Result.Refused.class);
    assertThat(((TypeParser.Result.Refused) TypeParser.parse(text)).fix()).contains(fix);
  }

  @Test
  void everyTypesOwnNameReadsBack() {
    for (Type type :
        new Type[] {
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.VARCHAR,
          Type.VARBINARY,
          Type.DATE,
          Type.TIMESTAMP,
          Type.decimal(18, 0),
          Type.decimal(5, 5)
        }) {
      assertThat(TypeParser.type(type.sql())).contains(type);
    }
  }

  @Test
  void readsAmounts() {
    assertThat(Quantities.duration("500ms")).contains(Duration.ofMillis(500));
    assertThat(Quantities.duration("0s")).contains(Duration.ZERO);
    assertThat(Quantities.duration("2w")).contains(Duration.ofDays(14));
    assertThat(Quantities.duration("10")).isEmpty();
    assertThat(Quantities.duration("-1s")).isEmpty();
    assertThat(Quantities.bytes("2GB")).contains(2_000_000_000L);
    assertThat(Quantities.bytes("1GiB")).contains(1L << 30);
    assertThat(Quantities.percent("100%").orElseThrow()).isEqualByComparingTo("100");
    assertThat(Quantities.percent("100.1%")).isEmpty();
    assertThat(Quantities.moneyPerMonth("49.50 EUR/month").orElseThrow().currency())
        .isEqualTo("EUR");
  }

  @Test
  void countsASwapAsOneEdit() {
    assertThat(Nearest.distance("orders", "odrers")).isEqualTo(1);
    assertThat(Nearest.distance("ORDERS", "order")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }
}
