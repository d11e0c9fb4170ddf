select *
from answered;
