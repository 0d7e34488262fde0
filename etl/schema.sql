-- The one description of the data. A row that breaks a rule here cannot be loaded.
-- Rules that need a look at other rows (places, duplicates, ranges) are in etl/check.py, which names file and line.

CREATE TABLE build (
    data_version VARCHAR   PRIMARY KEY,     -- the same files and the same code give the same version on any machine
    built_at     TIMESTAMP NOT NULL,
    code_version VARCHAR   NOT NULL,
    format       INTEGER   NOT NULL         -- raised when the app can no longer read older files
);

CREATE TABLE source (
    source_id VARCHAR PRIMARY KEY,
    title     VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    url       VARCHAR NOT NULL,
    licence   VARCHAR NOT NULL,
    citation  VARCHAR NOT NULL,
    terms     VARCHAR NOT NULL,             -- what the publisher asks of whoever uses it
    about     VARCHAR NOT NULL,             -- how it is made, in plain words
    get_it    VARCHAR NOT NULL              -- the command or the steps that bring its newest files
);

CREATE TABLE source_file (
    source_id VARCHAR NOT NULL REFERENCES source,
    file      VARCHAR NOT NULL,
    origin    VARCHAR NOT NULL CHECK (origin IN ('starter', 'raw')),
    bytes     BIGINT  NOT NULL,
    sha256    VARCHAR NOT NULL,
    url       VARCHAR,
    retrieved TIMESTAMP,                    -- when it was downloaded, where that was recorded
    PRIMARY KEY (source_id, origin, file)
);

CREATE TABLE measure (
    measure_id   VARCHAR PRIMARY KEY,
    source_id    VARCHAR NOT NULL REFERENCES source,
    concept      VARCHAR NOT NULL,          -- what is measured; crude and age-adjusted share one
    title        VARCHAR NOT NULL,
    short_title  VARCHAR NOT NULL,
    meaning      VARCHAR NOT NULL,
    unit         VARCHAR NOT NULL,
    prefix       VARCHAR NOT NULL,          -- written before a value: "$"
    suffix       VARCHAR NOT NULL,          -- written after a value: "%"
    decimals     INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 4),
    scale        DOUBLE,                    -- 100 for a percentage, 100000 for a rate; null means unbounded
    minimum      DOUBLE,
    maximum      DOUBLE,
    better       VARCHAR NOT NULL CHECK (better IN ('higher', 'lower', 'neither')),
    domain       VARCHAR NOT NULL CHECK (domain IN (
                     'economic stability', 'education access and quality', 'health care access and quality',
                     'neighborhood and built environment', 'social and community context', 'health outcomes', 'people')),
    population   VARCHAR NOT NULL,          -- who counts
    made         VARCHAR NOT NULL CHECK (made IN ('counted', 'survey', 'modelled', 'classified')),
    adjustment   VARCHAR NOT NULL CHECK (adjustment IN ('crude', 'age-adjusted', 'not applicable')),
    periods      VARCHAR NOT NULL CHECK (periods IN ('comparable', 'not comparable', 'overlapping', 'single')),
    periods_note VARCHAR NOT NULL,
    caution      VARCHAR NOT NULL,
    terms        VARCHAR NOT NULL,
    grade_rule   VARCHAR NOT NULL CHECK (grade_rule IN ('margin', 'events', 'full count')),
    may_rank     BOOLEAN NOT NULL,
    model_inputs VARCHAR[] NOT NULL,         -- what a modelled value is built on; never correlate with these
    topics       VARCHAR[] NOT NULL,        -- which inputs of models this measures: age, sex, race_ethnicity, education, poverty, income
    one_level    BOOLEAN NOT NULL           -- never set beside places of another level (a model made for counties beside a state)
);

-- What a source could bring but this database does not hold.
CREATE TABLE measure_not_loaded (
    measure_id VARCHAR PRIMARY KEY,
    source_id  VARCHAR NOT NULL REFERENCES source,
    title      VARCHAR NOT NULL,
    domain     VARCHAR NOT NULL
);

CREATE TABLE place (
    place_id      VARCHAR PRIMARY KEY,      -- '06037', '06', 'HHS09', 'US'
    level         VARCHAR NOT NULL CHECK (level IN ('county', 'state', 'region', 'nation')),
    name          VARCHAR NOT NULL,         -- Los Angeles
    full_name     VARCHAR NOT NULL,         -- Los Angeles County
    title         VARCHAR NOT NULL,         -- Los Angeles County, California
    kind          VARCHAR NOT NULL,         -- County, Parish, Planning Region, ...
    state_id      VARCHAR,
    state_abbr    VARCHAR,
    census_region VARCHAR,
    hhs_region    VARCHAR,
    from_vintage  INTEGER NOT NULL CHECK (from_vintage IN (2019, 2020, 2022)),
    to_vintage    INTEGER NOT NULL CHECK (to_vintage IN (2019, 2020, 2022)),
    latitude      DOUBLE,
    longitude     DOUBLE
);

-- Without keys, which cost more time than loading the rows: python -m etl check looks at both tables.
CREATE TABLE neighbour (
    place_id       VARCHAR NOT NULL,
    neighbour_id   VARCHAR NOT NULL,
    county_vintage INTEGER NOT NULL
);

-- Names people type: towns, ZIP codes, older names.
CREATE TABLE place_name (
    name       VARCHAR NOT NULL,
    state_abbr VARCHAR NOT NULL,
    zip        VARCHAR,
    place_id   VARCHAR NOT NULL
);

CREATE TABLE people_group (
    people_group VARCHAR PRIMARY KEY,
    dimension    VARCHAR NOT NULL,          -- everyone, race_ethnicity, sex, age, urban_rural, income, or two joined by +
    title        VARCHAR NOT NULL,
    position     BIGINT NOT NULL,        -- orders a dimension; of joined groups three digits for each part
    overlapping  VARCHAR[] NOT NULL         -- groups of the same dimension that share people with it
);

CREATE TABLE period (
    measure_id     VARCHAR NOT NULL REFERENCES measure,
    period         VARCHAR NOT NULL,        -- '2019', '2015-2019', '2025-Q1', '2024-02..2025-01'
    starts         DATE    NOT NULL,
    ends           DATE    NOT NULL CHECK (ends > starts),
    county_vintage INTEGER NOT NULL CHECK (county_vintage IN (2019, 2020, 2022)),
    PRIMARY KEY (measure_id, period)
);

CREATE TABLE observation (
    measure_id     VARCHAR NOT NULL,
    period         VARCHAR NOT NULL,
    place_id       VARCHAR NOT NULL,
    people_group   VARCHAR NOT NULL,
    value          DOUBLE,
    low            DOUBLE,
    high           DOUBLE,
    level          DOUBLE CHECK (level IN (0.90, 0.95, 0.99)),
    standard_error DOUBLE CHECK (standard_error >= 0),
    numerator      DOUBLE,
    denominator    DOUBLE,
    status         VARCHAR NOT NULL CHECK (status IN ('reported', 'suppressed', 'unreliable', 'not collected', 'not published')),
    grade          VARCHAR CHECK (grade IN ('solid', 'use with care', 'too shaky to compare', 'margin not published')),
    origin         VARCHAR NOT NULL CHECK (origin IN ('published', 'summed from counties', 'computed')),
    file           VARCHAR NOT NULL,
    line           INTEGER,
    CHECK (status IN ('reported', 'unreliable') OR value IS NULL),
    CHECK (status <> 'reported' OR value IS NOT NULL),
    CHECK ((value IS NULL) = (grade IS NULL)),
    CHECK (NOT isnan(value) AND NOT isinf(value)),
    CHECK (low <= value AND value <= high)
);
