package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.LeatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlAvgAggFunction;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** SQL to a tree of relational operators: parsed, validated and typed by Calcite. */
final class SqlFrontend {
  private static final SqlParser.Config PARSER =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withConformance(SqlConformanceEnum.BABEL)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withIdentifierMaxLength(256);

  private final Catalog catalog;
  private final SqlText text;
  private final SqlProblems problems;

  SqlFrontend(Catalog catalog, String sql, String file) {
    this.catalog = catalog;
    this.text = SqlText.of(sql);
    this.problems = new SqlProblems(text, file, catalog);
  }

  SqlProblems problems() {
    return problems;
  }

  /**
   * @throws LeatException LEAT-2001
   */
  SqlNode parse() {
    if (text.parseable().replaceAll("(?s)--[^\\n]*|/\\*.*?\\*/", "").isBlank()) {
      throw problems.nothing();
    }
    try {
      return SqlParser.create(text.parseable(), PARSER).parseQuery();
    } catch (Exception | StackOverflowError thrown) {
      throw problems.of(thrown);
    }
  }

  /**
   * @param now when a query is asked; empty for a table
   * @throws LeatException LEAT-20nn for what is not valid
   */
  RelRoot relations(SqlNode parsed, Optional<Instant> now) {
    try {
      SqlNode query = new SqlRewrite(problems, now).rewrite(parsed);
      return convert(SqlRecursion.isIn(query) ? widened(query, now) : query);
    } catch (RuntimeException | AssertionError | StackOverflowError thrown) {
      throw problems.in(parsed).of(thrown);
    }
  }

  /** The validator changes what it is given: it gets a copy. */
  private SqlNode widened(SqlNode query, Optional<Instant> now) {
    SqlValidator validator = validator(reader(SqlTypes.factory()));
    SqlNode validated = validator.validate(new SqlRewrite(problems, now).rewrite(parse()));
    return SqlRecursion.widened(query, validated, validator);
  }

  private RelRoot convert(SqlNode query) {
    RelDataTypeFactory types = SqlTypes.factory();
    CalciteCatalogReader reader = reader(types);
    SqlValidator validator = validator(reader);
    HepPlanner planner = new HepPlanner(HepProgram.builder().build());
    RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
    cluster.setMetadataQuerySupplier(SqlFrontend::metadata);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, queryString, schemaPath, viewPath) -> {
              throw new UnsupportedOperationException("views");
            },
            validator,
            reader,
            cluster,
            convertlets(),
            SqlToRelConverter.config()
                .withExpand(false)
                .withTrimUnusedFields(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE));
    SqlNode validated = validator.validate(query);
    try {
      return converter.convertQuery(validated, false, true);
    } catch (AssertionError thrown) {
      if (SqlRecursion.isIn(query) && String.valueOf(thrown.getMessage()).contains("datatypes")) {
        throw SqlRecursion.typesDiffer();
      }
      throw thrown;
    }
  }

  private CalciteCatalogReader reader(RelDataTypeFactory types) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    return new CalciteCatalogReader(
        schema(), List.of(), types, new CalciteConnectionConfigImpl(properties));
  }

  private static SqlValidator validator(CalciteCatalogReader reader) {
    return SqlValidatorUtil.newValidator(
        SqlOperatorTables.chain(Functions.operatorTable(), Aggregates.operatorTable()),
        reader,
        reader.getTypeFactory(),
        SqlValidator.Config.DEFAULT
            .withConformance(new Conformance())
            .withDefaultNullCollation(NullCollation.LAST)
            .withIdentifierExpansion(true));
  }

  /** Metadata by plain Java rather than code compiled at run time: a tenth of the start. */
  private static RelMetadataQuery metadata() {
    return new PlainMetadata();
  }

  /** Babel's, but a column means itself rather than another one's alias, and groups are strict. */
  private static final class Conformance extends SqlDelegatingConformance {
    Conformance() {
      super(SqlConformanceEnum.BABEL);
    }

    @Override
    public SelectAliasLookup isSelectAlias() {
      return SelectAliasLookup.UNSUPPORTED;
    }

    @Override
    public boolean isNonStrictGroupBy() {
      return false;
    }
  }

  private static final class PlainMetadata extends RelMetadataQuery {
    PlainMetadata() {
      super(new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE));
    }
  }

  /** As {@link Functions} says, and AVG OVER stays an average rather than a quotient. */
  private static SqlRexConvertletTable convertlets() {
    SqlRexConvertletTable scalars = Functions.convertlets();
    SqlRexConvertlet average =
        (context, call) ->
            context
                .getRexBuilder()
                .makeCall(
                    context.getValidator().getValidatedNodeType(call),
                    call.getOperator(),
                    call.getOperandList().stream().map(context::convertExpression).toList());
    return call -> call.getOperator() instanceof SqlAvgAggFunction ? average : scalars.get(call);
  }

  private CalciteSchema schema() {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    for (Catalog.Relation relation : catalog.relations()) {
      root.add(relation.name(), new Table(relation));
    }
    return root;
  }

  private static final class Table extends AbstractTable {
    private final Catalog.Relation relation;

    Table(Catalog.Relation relation) {
      this.relation = relation;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      List<RelDataType> columns = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Column column : relation.schema().columns()) {
        names.add(column.name());
        columns.add(
            types.createTypeWithNullability(
                CalciteTypes.to(column.type(), types), column.nullable()));
      }
      return types.createStructType(columns, names);
    }
  }
}
