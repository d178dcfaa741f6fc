-- When each point of a curve was drawn, so that runs can be compared by the time that they take. Points from before have none:
-- without a default in the first statement, none is made up for them.
ALTER TABLE metric ADD COLUMN at timestamptz(3);
ALTER TABLE metric ALTER COLUMN at SET DEFAULT now();
