import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { PriceSeries } from '../../money-types.ts'

/** The tariffs that follow a series, each the way to its form. */
export const Followers = ({ followedBy }: Pick<PriceSeries, 'followedBy'>) =>
  followedBy.map(({ id, name }, index) => (
    <Fragment key={id}>
      {index > 0 && ', '}
      <Link to="/tariffs/$id" params={{ id }} className="c-link">
        {name}
      </Link>
    </Fragment>
  ))
